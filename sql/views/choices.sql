create function guarantee_api.choices(event text, field text, given jsonb) returns table (value text, meaning text)
language sql stable as $$
  select x.value, x.meaning
    from guarantee.event_field f
    left join guarantee.dispute d on d.dispute = choices.given ->> 'dispute'
   cross join lateral (
      select o.office as value, coalesce(o.name, '') as meaning, null::date as since, null::bigint as place from guarantee.office o where f.refers_to = 'office'
      union all
      -- Disputes at whose stage it may happen, lots whose state it takes.
      select k.dispute, k.stage || ' since ' || k.stage_since, k.stage_since, null
        from guarantee.dispute k
        join guarantee.dispute_transition m on m.event = f.event and m.from_stage = k.stage
       where f.refers_to = 'dispute' and k.active
      union all
      select l.lot, guarantee_api.money(l.value, c.minor_digits) || ' ' || c.currency, null, null
        from guarantee.lot l
        join guarantee.lot_transition m on m.event = f.event and m.from_state = l.state
        join guarantee.currency c on c.currency = d.currency
       where f.refers_to = 'lot' and l.dispute = d.dispute
      union all
      -- In a dispute, who has to do with it, or may at its office when nobody has yet.
      select p.party, coalesce(p.name, ''), null, null
        from guarantee.party p
       where p.kind = f.refers_to
         -- A right is sued on by its owner.
         and (p.kind <> 'right_holder' or p.party = coalesce((select r.party from guarantee.recordal r where r.recordal = choices.given ->> 'recordal'), p.party))
         and (d.dispute is null or p.kind <> 'guarantor'
              or exists (select from guarantee.guarantor_position x where x.dispute = d.dispute and x.guarantor = p.party)
              or not exists (select from guarantee.guarantor_position x where x.dispute = d.dispute)
                 and exists (select from guarantee.facility y where y.office = d.office and y.guarantor = p.party))
      union all
      select r.recordal, r.kind || ' of ' || r.party, null, null
        from guarantee.recordal r
       where f.refers_to = 'recordal' and guarantee_api.today() between r.valid_from and r.valid_to
      union all
      (select e.key, e.event || ' on ' || e."on", e."on", null
         from guarantee.event e
        where f.refers_to = 'event' and guarantee_api.reversible(e)
        order by e.recorded_at desc limit 20)
      union all
      -- In the order of the rules, which begin with what is usual.
      select v.value, '', null, v.place from regexp_split_to_table(translate(f.pattern, '^$()', ''), '[|]') with ordinality v (value, place)
       where f.type in ('choice', 'instrument', 'boolean')
         and (f.type <> 'instrument' or exists (select from guarantee.posting p where p.event = f.event and p.instrument = v.value))
         -- What the office takes, where that counts.
         and not exists (select from guarantee.event_type t join guarantee.office o on o.office = d.office
                          where f.type = 'instrument' and t.event = f.event and 'instrument_not_accepted' = any(t.guards) and v.value <> all(o.instruments))
      union all
      select distinct p.instrument, '', null::date, null::bigint from guarantee.posting p where f.type = 'instruments' and p.instrument <> ''
      union all
      -- Of all currencies there are, those that the ledger has.
      select c.currency, '', null, null
        from (select t.currency from guarantee.total t union select y.currency from guarantee.facility y union select k.currency from guarantee.dispute k) c
       where f.type = 'currency'
   ) x
   where f.event = choices.event and f.field = choices.field
   order by x.since desc nulls last, x.place, x.value
$$;
comment on function guarantee_api.choices(text, text, jsonb) is
  'The codes and values that a field of an event could have by what is there, given its other fields; none where anything may be written';
