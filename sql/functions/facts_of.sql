create function guarantee_api.facts_of(proposals guarantee_api.proposal[], locked text[]) returns setof guarantee_api.fact
language sql stable as $$
  -- Three stages, each looked up by the whole keys of the one before; offset 0 keeps the planner from mixing them.
  select s.proposal,
         s.position, s.key, s."on", s.event, s.fields, s.steps, s.lot, s.guarantor,
         s.is_reversal, s.of_dispute, s.of_lot, s.of_recordal, s.names_office, s.adds_to,
         s.guards, s.effects, s.same_as_recorded,
         case when s.party_fields <> '{}' then exists (
           select from unnest(s.party_fields, s.party_kinds) named (field, kind)
             left join guarantee.party x on x.party = s.fields ->> named.field and x.kind = named.kind
            where s.fields ? named.field and x.party is null) end,
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
         case when 'accounts' = any(s.reads) then (select x from guarantee_api.accounts_of(s.office, s.dispute, s.guarantor, s."on") x) end,
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
          select e as proposal, e.position, e.key, e."on", e.event, e.fields, e.steps, e.lot, e.guarantor, e.amount,
                 t.subject = 'event' as is_reversal, t.of_dispute, t.of_lot, t.of_recordal, t.names_office, t.adds_to,
                 t.guards, t.reads, t.party_fields, t.party_kinds, t.amount_may_be_zero,
                 coalesce(past_type.effects, t.effects) as effects, past,
                 case when recorded.key is not null then guarantee_api.same_content(recorded, e) end as same_as_recorded,
                 coalesce(d.office, past.office, e.office, '') as office,
                 d.dispute, d.consignor, d.stage, d.stage_since, d.outcome, d.award, d.under_order, d.unless_events, d.procedure,
                 d.currency as dispute_currency, coalesce(d.currency, past.currency, e.fields ->> 'currency') as named_currency,
                 coalesce(d.stage, '') as stage_key,
                 case when t.of_recordal then e.fields ->> 'recordal' else d.recordal end as named_recordal
            from unnest(proposals) e
            join guarantee.event_type t on t.event = e.event
            left join guarantee.event recorded on recorded.key = e.key
            left join guarantee.event past on past.key = e.fields ->> 'reverses' and past.office = any(locked)
            left join guarantee.event_type past_type on past_type.event = past.event
            left join guarantee.dispute d on d.dispute = coalesce(e.dispute, past.dispute) and d.office = any(locked)
          offset 0
        ) k
        left join guarantee.book b on b.office = k.office
        left join guarantee.office o on o.office = k.office
        left join guarantee.currency c on c.currency = k.named_currency
        left join guarantee.recordal r on r.recordal = k.named_recordal
        left join guarantee.lot l on l.dispute = k.dispute and l.lot = k.lot
        left join guarantee.guarantor_position p on p.dispute = k.dispute and p.guarantor = k.guarantor
        left join guarantee.dispute_transition move on move.event = k.event and move.from_stage = k.stage_key
        left join guarantee.lot_transition lot_move on lot_move.event = k.event and lot_move.from_state = coalesce(l.state, '')
        cross join lateral guarantee_api.minor_units(k.amount, k.amount_may_be_zero, k.fields, c.minor_digits, (k.past).fields) money
      offset 0
    ) s
  offset 0
$$;
comment on function guarantee_api.facts_of(guarantee_api.proposal[], text[]) is 'Looks up, for a round of events at once, all that the guards ask about them';
