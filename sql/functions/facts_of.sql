create function guarantee_api.facts_of(proposals guarantee_api.proposal[], locked text[]) returns setof guarantee_api.fact
language sql stable as $$
  -- Three stages. Every look-up is a query of its own, so that it is by whole key whatever the planner thinks of a table's
  -- size: plans are kept, and tables grow. It gives a row as one value, since a stage takes time for each column that passes
  -- through it; and what few events ask is a function, which takes none unless it is called.
  select k.n,
         k.position, k.key, k."on", k.event, k.fields, k.steps, k.lot, k.guarantor,
         k.is_reversal, k.of_dispute, k.of_lot, k.of_recordal, k.names_office, k.adds_to,
         k.guards, k.effects, k.same_as_recorded,
         case when k.party_fields <> '{}' then exists (
           select from unnest(k.party_fields, k.party_kinds) named (field, kind)
            where k.fields ? named.field
              and not exists (select from guarantee.party x where x.party = k.fields ->> named.field and x.kind = named.kind)) end,
         case k.adds_to when 'party' then exists (select from guarantee.party x where x.party = k.fields ->> 'party') end,
         k.office,
         (select x from guarantee.office x
           where x.office = case when k.names_office or 'office' = any(k.reads) then coalesce(k.named_office, k.office) end),
         (select x.closed_through from guarantee.book x where x.office = k.office),
         k.dispute, k.stage, k.stage_since, k.outcome, k.award, k.under_order, k.procedure,
         k.consignor, k.dispute_currency,
         (select x from guarantee.dispute_transition x where x.event = k.event and x.from_stage = k.stage_key),
         k.named_lot,
         (select x from guarantee.lot_transition x
           where x.event = case when k.of_lot then k.event end and x.from_state = coalesce((k.named_lot).state, '')),
         (select x from guarantee.recordal x where x.recordal = k.named_recordal),
         (select x from guarantee.guarantor_position x where x.dispute = k.dispute and x.guarantor = k.guarantor),
         k.money,
         k.past,
         case when k.is_reversal then guarantee_api.contra_entry_of(k.past, k."on")
              when 'entries' = any(k.steps) and (k.money).amount is not null then (
                select x from guarantee_api.entry_of(k.event, k.fields ->> 'instrument', k.office, coalesce(k.dispute, ''),
                                                     k.guarantor, (k.money).currency, (k.money).amount, k."on") x) end,
         case when 'accounts' = any(k.reads) and not (k.guards <@ '{cover_short,award_unmet}' and k.outcome not in ('', 'infringing', 'settled')) then (select x from guarantee_api.accounts_of(k.office, k.dispute, k.guarantor, k."on") x) end,
         case when 'goods' = any(k.reads) then (select x from guarantee_api.goods_of(k.dispute) x) end,
         case when 'lot_open' = any(k.guards) then guarantee_api.open_lot_of(k.dispute) end,
         case when 'not_settled' = any(k.guards) then guarantee_api.unsettled_account_of(k.office, k.dispute) end,
         case when 'positions' = any(k.reads) then (select x from guarantee_api.positions_of(k.dispute) x) end,
         case when 'deadlines' = any(k.reads) then guarantee_api.deadlines_of(k.dispute, k.stage, k.unless_events, k.event, k."on") end,
         'expiry' = any(k.reads) and not (k.event = 'release_lot' and k.outcome <> ''),
         case when 'facility' = any(k.reads) then guarantee_api.facility_of(k.office, k.guarantor, k.consignor, (k.money).currency) end
    from (
      select e.n, e.position, e.key, e."on", e.event, e.fields, e.steps, e.lot, e.guarantor, e.past,
             e.is_reversal, e.of_dispute, e.of_lot, e.of_recordal, e.names_office, e.adds_to,
             e.guards, e.reads, e.party_fields, e.party_kinds, e.same_as_recorded,
             coalesce((select x.effects from guarantee.event_type x where x.event = (e.past).event), e.effects) as effects,
             coalesce(d.office, (e.past).office, e.office, '') as office, e.office as named_office,
             d.dispute, d.consignor, d.stage, d.stage_since, d.outcome, d.award, d.under_order, d.unless_events, d.procedure,
             d.currency as dispute_currency, coalesce(d.stage, '') as stage_key,
             case when e.of_recordal then e.fields ->> 'recordal' when 'recordal' = any(e.reads) then d.recordal end as named_recordal,
             (select x from guarantee.lot x where x.dispute = d.dispute and x.lot = e.lot) as named_lot,
             case when e.amount is not null or 'goods' = any(e.reads) or (e.past).key is not null then (
               select guarantee_api.minor_units(e.amount, e.amount_may_be_zero, e.fields, c.currency, x.minor_digits, (e.past).fields)
                 from (select coalesce(d.currency, (e.past).currency, e.fields ->> 'currency') as currency) c
                 left join guarantee.currency x on x.currency = c.currency) end as money
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
$$;
comment on function guarantee_api.facts_of(guarantee_api.proposal[], text[]) is 'Looks up, for a round of events at once, all that the guards ask about them';
