create function guarantee_api.facts_of(proposals guarantee_api.proposal[], locked text[]) returns setof guarantee_api.fact
language sql stable as $$
  -- Three stages. Every look-up is a lateral query of its own behind offset 0, so that it is by whole key
  -- whatever the planner thinks of a table's size: plans are kept, and tables grow.
  select s.n,
         s.position, s.key, s."on", s.event, s.fields, s.steps, s.lot, s.guarantor,
         s.is_reversal, s.of_dispute, s.of_lot, s.of_recordal, s.names_office, s.adds_to,
         s.guards, s.effects, s.same_as_recorded,
         case when s.party_fields <> '{}' then exists (
           select from unnest(s.party_fields, s.party_kinds) named (field, kind)
            where s.fields ? named.field
              and not exists (select from guarantee.party x where x.party = s.fields ->> named.field and x.kind = named.kind)) end,
         case s.adds_to when 'office' then s.known_office when 'recordal' then s.known_recordal when 'dispute' then s.dispute
           when 'lot' then s.known_lot
           when 'party' then (select x.party from guarantee.party x where x.party = s.fields ->> 'party') end,
         s.office, s.known_office, s.instruments, s.closed_through,
         s.dispute, s.stage, s.stage_since, s.outcome, s.award, s.under_order, s.procedure,
         s.consignor, s.dispute_currency,
         s.stage_move, s.stage_from, s.stage_to, s.outcome_to, s.lot_state, s.lot_value, s.lot_move, s.lot_from, s.lot_to,
         s.known_recordal, s.recordal_party, s.recordal_kind, s.valid_from, s.valid_to,
         s.requested, s.expires_on, s.paid, s.claimed,
         s.currency, s.unit, s.minor_amount, s.consignor_limit, s.counted, s.inexact,
         s.past,
         case when s.is_reversal then guarantee_api.contra_entry_of(s.past, s."on")
              when 'entries' = any(s.steps) and s.minor_amount is not null then (
                select x from guarantee_api.entry_of(s.event, s.fields ->> 'instrument', s.office, coalesce(s.dispute, ''),
                                                     s.guarantor, s.currency, s.minor_amount, s."on") x) end,
         case when 'accounts' = any(s.reads) and not (s.guards <@ '{cover_short,award_unmet}' and s.outcome not in ('', 'infringing', 'settled')) then (select x from guarantee_api.accounts_of(s.office, s.dispute, s.guarantor, s."on") x) end,
         case when 'goods' = any(s.reads) then (select x from guarantee_api.goods_of(s.dispute) x) end,
         case when 'positions' = any(s.reads) then (select x from guarantee_api.positions_of(s.dispute) x) end,
         case when 'deadlines' = any(s.reads) then (
           select x from guarantee_api.deadlines_of(s.dispute, s.stage, s.unless_events, s.event, s."on") x) end,
         'expiry' = any(s.reads) and not (s.event = 'release_lot' and s.outcome <> ''),
         case when 'facility' = any(s.reads) then (select x from guarantee.facility x where x.office = s.office and x.guarantor = s.guarantor) end,
         case when 'facility' = any(s.reads) then coalesce((
           select x.amount from guarantee.exposure x
            where x.office = s.office and x.guarantor = s.guarantor and x.consignor = '' and x.currency = s.currency), 0) end,
         case when 'facility' = any(s.reads) then coalesce((
           select x.amount from guarantee.exposure x
            where x.office = s.office and x.guarantor = s.guarantor and x.consignor = s.consignor and x.currency = s.currency), 0) end
    from (
      select k.*, b.closed_through, o.office as known_office, o.instruments,
             l.lot as known_lot, l.state as lot_state, l.value as lot_value,
             move.event as stage_move, move.from_stage as stage_from, move.to_stage as stage_to, move.outcome as outcome_to,
             lot_move.event as lot_move, lot_move.from_state as lot_from, lot_move.to_state as lot_to,
             r.recordal as known_recordal, r.party as recordal_party, r.kind as recordal_kind, r.valid_from, r.valid_to,
             p.requested, p.expires_on, p.paid, p.claimed,
             c.currency, money.unit, money.amount as minor_amount, money.consignor_limit, money.counted, money.inexact
        from (
          -- Arrays that are asked often are unpacked once, by || '{}'.
          select e.n, e.position, e.key, e."on", e.event, e.fields, e.steps || '{}' as steps, e.lot, e.guarantor, e.amount,
                 t.subject = 'event' as is_reversal, t.of_dispute, t.of_lot, t.of_recordal, t.names_office, t.adds_to,
                 t.guards || '{}' as guards, t.reads || '{}' as reads, t.party_fields, t.party_kinds, t.amount_may_be_zero,
                 coalesce(past_type.effects, t.effects) as effects, past.event as past,
                 case when (recorded.event).key is not null then guarantee_api.same_content(recorded.event, e.event, e."on", e.fields) end as same_as_recorded,
                 coalesce(d.office, (past.event).office, e.office, '') as office, e.office as named_office,
                 d.dispute, d.consignor, d.stage, d.stage_since, d.outcome, d.award, d.under_order, d.unless_events, d.procedure,
                 d.currency as dispute_currency, case when e.amount is not null or 'goods' = any(t.reads) or past.event is not null
                      then coalesce(d.currency, (past.event).currency, e.fields ->> 'currency') end as named_currency,
                 coalesce(d.stage, '') as stage_key,
                 case when t.of_recordal then e.fields ->> 'recordal' when 'recordal' = any(t.reads) then d.recordal end as named_recordal
            from unnest(proposals) with ordinality e (
              "position", key, "on", event, fields, office, dispute, lot, guarantor, amount, steps, subject, round, result, detail, n)
            cross join lateral (select x.* from guarantee.event_type x where x.event = e.event offset 0) t
            left join lateral (select x as event from guarantee.event x where x.key = e.key offset 0) recorded on true
            left join lateral (
              select x as event from guarantee.event x where x.key = e.fields ->> 'reverses' and x.office = any(locked) offset 0
            ) past on true
            left join lateral (select x.effects from guarantee.event_type x where x.event = (past.event).event offset 0) past_type on true
            left join lateral (
              select x.* from guarantee.dispute x where x.dispute = coalesce(e.dispute, (past.event).dispute) and x.office = any(locked) offset 0
            ) d on true
          offset 0
        ) k
        left join lateral (select x.* from guarantee.book x where x.office = k.office offset 0) b on true
        left join lateral (
          select x.* from guarantee.office x where x.office = case when k.names_office or 'office' = any(k.reads) then coalesce(k.named_office, k.office) end offset 0
        ) o on true
        left join lateral (select x.* from guarantee.currency x where x.currency = k.named_currency offset 0) c on true
        left join lateral (select x.* from guarantee.recordal x where x.recordal = k.named_recordal offset 0) r on true
        left join lateral (select x.* from guarantee.lot x where x.dispute = k.dispute and x.lot = k.lot offset 0) l on true
        left join lateral (
          select x.* from guarantee.guarantor_position x where x.dispute = k.dispute and x.guarantor = k.guarantor offset 0
        ) p on true
        left join lateral (
          select x.* from guarantee.dispute_transition x where x.event = k.event and x.from_stage = k.stage_key offset 0
        ) move on true
        left join lateral (
          select x.* from guarantee.lot_transition x where x.event = case when k.of_lot then k.event end and x.from_state = coalesce(l.state, '') offset 0
        ) lot_move on true
        cross join lateral guarantee_api.minor_units(k.amount, k.amount_may_be_zero, k.fields, c.minor_digits, (k.past).fields) money
      offset 0
    ) s
  offset 0
$$;
comment on function guarantee_api.facts_of(guarantee_api.proposal[], text[]) is 'Looks up, for a round of events at once, all that the guards ask about them';
