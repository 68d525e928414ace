create function guarantee_api.next_steps(dispute text)
returns table (event text, lot text, guarantor text, instrument text, currency text, at_most numeric, lacks text, reason text)
language sql stable as $$
  -- Every step that could be meant is put to the judge as an event of today, of the least amount; what it would find is what is lacking.
  with candidate as (
    select row_number() over (order by t.event, l.lot, g.guarantor, i.instrument) as n, t.event, t.subject, t.steps,
           l.lot, g.guarantor, i.instrument, d.office, d.dispute, y.today,
           case when 'amount' = any(t.requires) then guarantee_api.money(1, c.minor_digits) end as least
      from guarantee.dispute d
     cross join (select guarantee_api.today() as today) y
      join guarantee.currency c on c.currency = d.currency
      join guarantee.dispute_transition m on m.from_stage = d.stage
      join guarantee.event_type t on t.event = m.event and t.of_dispute
      left join lateral (
        select x.lot from guarantee.lot x join guarantee.lot_transition k on k.event = t.event and k.from_state = x.state
         where x.dispute = d.dispute
      ) l on t.of_lot and t.adds_to is null
      left join lateral (select x.guarantor from guarantee.guarantor_position x where x.dispute = d.dispute) g on 'guarantor' = any(t.requires)
      left join lateral (
        select distinct p.instrument from guarantee.posting p where p.event = t.event
      ) i on 'instrument' = any(t.requires)
     where d.dispute = next_steps.dispute and (l.lot is not null or not t.of_lot or t.adds_to = 'lot')
  ), proposed as (
    select c.*, (c.n, '', c.today, c.event,
                 jsonb_strip_nulls(jsonb_build_object('key', '', 'on', c.today, 'event', c.event, 'dispute', c.dispute, 'lot', c.lot,
                                                      'guarantor', c.guarantor, 'instrument', c.instrument, 'amount', c.least::text)),
                 null, c.dispute, c.lot, c.guarantor, c.least, c.steps, c.subject, 1, null, null)::guarantee_api.proposal as proposal
      from candidate c
  ), judged as (
    select p.*, r.broken, r.currency
      from proposed p
      join (
        select f.n, guarantee_api.broken_guards(f, guarantee_api.today()) as broken, f.dispute_currency as currency
          from guarantee_api.facts_of((select array_agg(p.proposal order by p.n) from proposed p),
                                      (select array_agg(distinct c.office) from candidate c)) f
      ) r on r.n = p.n
  ), found as (
    select j.*, c.minor_digits,
           case when 'entries' = any(j.steps) then guarantee_api.most_of(j.event, j.instrument, j.office, j.dispute, j.guarantor, j.currency, j.today) end as at_most,
           (select g.code from guarantee.guard g where g.code = any(j.broken) order by g.precedence limit 1) as lacks
      from judged j
      join guarantee.currency c on c.currency = j.currency
  )
  select f.event, coalesce(f.lot, ''), coalesce(f.guarantor, ''), coalesce(f.instrument, ''), f.currency, guarantee_api.money(f.at_most, f.minor_digits),
         coalesce(f.lacks, ''),
         case when f.lacks is not null then guarantee_api.fill_message(f.lacks, (f.proposal).fields,
                guarantee_api.explain_refusal(f.lacks, f.proposal, array[f.office], f.today)) end
    from found f
   where coalesce(f.at_most <> 0, true)
   order by f.lacks is not null, f.event, f.lot, f.guarantor, f.instrument
$$;
comment on function guarantee_api.next_steps(text) is
  'What may happen to a dispute today, and what the rest still lacks, as the judge would say it; at_most is what its accounts hold of what it moves';
