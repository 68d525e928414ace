create function guarantee_api.facts_of(proposals guarantee_api.proposal[], locked text[]) returns setof guarantee_api.fact
language sql stable as $$
  -- Five stages. Every look-up is a query of its own, so that it is by whole key whatever the planner thinks of a table's
  -- size: plans are kept, and tables grow. It gives a row as one value, since setting up a join takes time for each column
  -- that passes through it; and what few events ask is a function, which takes none unless it is called.
  select s.n,
         s.position, s.key, s."on", s.event, s.fields, s.steps, s.lot, s.guarantor,
         s.is_reversal, s.of_dispute, s.of_lot, s.of_recordal, s.names_office, s.adds_to,
         s.guards, s.effects, s.same_as_recorded,
         case when s.party_fields <> '{}' then exists (
           select from unnest(s.party_fields, s.party_kinds) named (field, kind)
            where s.fields ? named.field
              and not exists (select from guarantee.party x where x.party = s.fields ->> named.field and x.kind = named.kind)) end,
         case s.adds_to when 'office' then (s.keeper).office when 'recordal' then (s.recordal).recordal when 'dispute' then s.dispute
           when 'lot' then (s.goods).lot
           when 'party' then (select x.party from guarantee.party x where x.party = s.fields ->> 'party') end,
         s.office, (s.keeper).office, (s.keeper).instruments, (s.book).closed_through,
         s.dispute, s.stage, s.stage_since, s.outcome, s.award, s.under_order, s.procedure,
         s.consignor, s.dispute_currency,
         (s.stage_move).event, (s.stage_move).from_stage, (s.stage_move).to_stage, (s.stage_move).outcome,
         (s.goods).state, (s.goods).value, (s.lot_move).event, (s.lot_move).from_state, (s.lot_move).to_state,
         (s.recordal).recordal, (s.recordal).party, (s.recordal).kind, (s.recordal).valid_from, (s.recordal).valid_to,
         (s.standing).requested, (s.standing).expires_on, (s.standing).paid, (s.standing).claimed,
         (s.money_of).currency, (s.money).unit, (s.money).amount, (s.money).consignor_limit, (s.money).counted, coalesce((s.money).inexact, false),
         s.past,
         case when s.is_reversal then guarantee_api.contra_entry_of(s.past, s."on")
              when 'entries' = any(s.steps) and (s.money).amount is not null then (
                select x from guarantee_api.entry_of(s.event, s.fields ->> 'instrument', s.office, coalesce(s.dispute, ''),
                                                     s.guarantor, (s.money_of).currency, (s.money).amount, s."on") x) end,
         case when 'accounts' = any(s.reads) and not (s.guards <@ '{cover_short,award_unmet}' and s.outcome not in ('', 'infringing', 'settled')) then (select x from guarantee_api.accounts_of(s.office, s.dispute, s.guarantor, s."on") x) end,
         case when 'goods' = any(s.reads) then (select x from guarantee_api.goods_of(s.dispute) x) end,
         case when 'positions' = any(s.reads) then (select x from guarantee_api.positions_of(s.dispute) x) end,
         case when 'deadlines' = any(s.reads) then guarantee_api.deadlines_of(s.dispute, s.stage, s.unless_events, s.event, s."on") end,
         'expiry' = any(s.reads) and not (s.event = 'release_lot' and s.outcome <> ''),
         case when 'facility' = any(s.reads) then guarantee_api.facility_of(s.office, s.guarantor, s.consignor, (s.money_of).currency) end
    from (
      select h.*,
             case when h.amount is not null or h.named_currency is not null then
               guarantee_api.minor_units(h.amount, h.amount_may_be_zero, h.fields, (h.money_of).minor_digits, (h.past).fields) end as money,
             (select x from guarantee.lot_transition x
               where x.event = case when h.of_lot then h.event end and x.from_state = coalesce((h.goods).state, '')) as lot_move
        from (
          select k.*,
                 (select x from guarantee.book x where x.office = k.office) as book,
                 (select x from guarantee.office x
                   where x.office = case when k.names_office or 'office' = any(k.reads) then coalesce(k.named_office, k.office) end) as keeper,
                 (select x from guarantee.currency x where x.currency = k.named_currency) as money_of,
                 (select x from guarantee.recordal x where x.recordal = k.named_recordal) as recordal,
                 (select x from guarantee.lot x where x.dispute = k.dispute and x.lot = k.lot) as goods,
                 (select x from guarantee.guarantor_position x where x.dispute = k.dispute and x.guarantor = k.guarantor) as standing,
                 (select x from guarantee.dispute_transition x where x.event = k.event and x.from_stage = k.stage_key) as stage_move
            from (
              select e.n, e.position, e.key, e."on", e.event, e.fields, e.steps, e.lot, e.guarantor, e.amount, e.past,
                     e.is_reversal, e.of_dispute, e.of_lot, e.of_recordal, e.names_office, e.adds_to,
                     e.guards, e.reads, e.party_fields, e.party_kinds, e.amount_may_be_zero, e.same_as_recorded,
                     coalesce((select x.effects from guarantee.event_type x where x.event = (e.past).event), e.effects) as effects,
                     coalesce(d.office, (e.past).office, e.office, '') as office, e.office as named_office,
                     d.dispute, d.consignor, d.stage, d.stage_since, d.outcome, d.award, d.under_order, d.unless_events, d.procedure,
                     d.currency as dispute_currency, case when e.amount is not null or 'goods' = any(e.reads) or (e.past).key is not null
                          then coalesce(d.currency, (e.past).currency, e.fields ->> 'currency') end as named_currency,
                     coalesce(d.stage, '') as stage_key,
                     case when e.of_recordal then e.fields ->> 'recordal' when 'recordal' = any(e.reads) then d.recordal end as named_recordal
                from (
                  -- Arrays that are asked often are unpacked once, by || '{}'.
                  select e.n, e.position, e.key, e."on", e.event, e.fields, e.office, e.dispute, e.steps || '{}' as steps, e.lot, e.guarantor, e.amount,
                         t.subject = 'event' as is_reversal, t.of_dispute, t.of_lot, t.of_recordal, t.names_office, t.adds_to,
                         t.guards || '{}' as guards, t.reads || '{}' as reads, t.party_fields, t.party_kinds, t.amount_may_be_zero, t.effects,
                         (select guarantee_api.same_content(x, e.event, e."on", e.fields) from guarantee.event x where x.key = e.key) as same_as_recorded,
                         case when t.subject = 'event' then guarantee_api.past_of(e.fields ->> 'reverses', locked) end as past
                    from unnest(proposals) with ordinality e (
                      "position", key, "on", event, fields, office, dispute, lot, guarantor, amount, steps, subject, round, result, detail, n)
                    cross join lateral (select x.* from guarantee.event_type x where x.event = e.event offset 0) t
                  offset 0
                ) e
                left join lateral (
                  select x.* from guarantee.dispute x where x.dispute = coalesce(e.dispute, (e.past).dispute) and x.office = any(locked) offset 0
                ) d on true
              offset 0
            ) k
          offset 0
        ) h
      offset 0
    ) s
  offset 0
$$;
comment on function guarantee_api.facts_of(guarantee_api.proposal[], text[]) is 'Looks up, for a round of events at once, all that the guards ask about them';
