create function guarantee_api.judge(proposals guarantee_api.proposal[], locked text[], today date) returns guarantee_api.verdict[]
language plpgsql stable as $$
begin
  return (
    select array_agg((
             e.position, e.key, e."on", e.event, e.fields, e.steps,
             place.office, d.dispute, e.lot, coalesce(e.guarantor, past.fields ->> 'guarantor'),
             c.currency, money.amount, money.consignor_limit, d.consignor,
             move.from_stage, move.to_stage, coalesce(nullif(move.outcome, 'given'), e.fields ->> 'outcome'),
             lot_move.from_state, lot_move.to_state, past.key, made.lines, made.exposure,
             money.counted * (('draws' = any(counts.effects))::integer - ('undraws' = any(counts.effects))::integer),
             money.counted * ('pays' = any(counts.effects))::integer,
             money.counted * ('claims' = any(counts.effects))::integer,
             refusal.code,
             case when refusal.code is not null then guarantee_api.explain_refusal(refusal.code, e, locked, today) end
           )::guarantee_api.verdict order by e.position)
      from unnest(proposals) e
      join guarantee.event_type t on t.event = e.event
      left join guarantee.event past on past.key = e.fields ->> 'reverses' and past.office = any(locked)
      left join guarantee.event_type past_type on past_type.event = past.event
      cross join lateral (select coalesce(past_type.effects, t.effects) as effects) counts
      left join guarantee.dispute d on d.dispute = coalesce(e.dispute, past.dispute) and d.office = any(locked)
      cross join lateral (select coalesce(d.office, past.office, e.office, '') as office) place
      left join guarantee.book b on b.office = place.office
      left join guarantee.office o on o.office = place.office
      left join guarantee.lot l on l.dispute = d.dispute and l.lot = e.lot
      left join guarantee.dispute_transition move on t.of_dispute and move.event = e.event and move.from_stage = coalesce(d.stage, '')
      left join guarantee.lot_transition lot_move on t.of_lot and lot_move.event = e.event and lot_move.from_state = coalesce(l.state, '')
      left join guarantee.party newcomer on newcomer.party = case t.adds_to when 'party' then e.fields ->> 'party' end
      left join guarantee.recordal r on r.recordal = case when t.of_recordal then e.fields ->> 'recordal' else d.recordal end
      left join guarantee.guarantor_position p on p.dispute = d.dispute and p.guarantor = e.guarantor
      left join guarantee.facility f on f.office = case when 'facility' = any(t.reads) then d.office end and f.guarantor = e.guarantor
      left join guarantee.exposure stood on stood.office = f.office and stood.guarantor = f.guarantor
        and stood.consignor = '' and stood.currency = d.currency
      left join guarantee.exposure stood_for on stood_for.office = f.office and stood_for.guarantor = f.guarantor
        and stood_for.consignor = d.consignor and stood_for.currency = d.currency
      left join guarantee.currency c on c.currency = coalesce(d.currency, past.currency, e.fields ->> 'currency')
      cross join lateral guarantee_api.minor_units(e.amount, e.fields, c.minor_digits, past.fields) money
      cross join lateral guarantee_api.lines_of(
        case when 'entries' = any(t.steps) then e.event end, e.fields ->> 'instrument', place.office, coalesce(d.dispute, ''),
        e.guarantor, c.currency, money.amount, past.office, past.sequence, e."on") made
      cross join lateral guarantee_api.accounts_of(
        place.office, case when 'accounts' = any(t.reads) then d.dispute end, e.guarantor, e."on") has
      cross join lateral guarantee_api.goods_of(case when 'goods' = any(t.reads) then d.dispute end) goods
      cross join lateral guarantee_api.positions_of(case when 'positions' = any(t.reads) then d.dispute end) stand
      cross join lateral guarantee_api.deadlines_of(
        case when 'deadlines' = any(t.reads) then d.dispute end, d.stage, d.unless_events, e.event, e."on") due
      left join lateral (
        select g.code
          from (values
            ('bad_value', money.inexact or made.overflow),
            ('date_in_future', e."on" > today),
            ('unknown_office', t.names_office and o.office is null and t.adds_to is distinct from 'office'),
            ('unknown_party', guarantee_api.any_unknown_party(t.party_fields, t.party_kinds, e.fields)),
            ('unknown_recordal', t.of_recordal and r.recordal is null and t.adds_to is distinct from 'recordal'),
            ('unknown_dispute', t.of_dispute and d.dispute is null and t.adds_to is distinct from 'dispute'),
            ('unknown_lot', t.of_lot and d.dispute is not null and l.lot is null and t.adds_to is distinct from 'lot'),
            ('not_reversible', t.subject = 'event' and not guarantee_api.reversible(past)),
            ('duplicate', case t.adds_to when 'office' then o.office when 'party' then newcomer.party when 'recordal' then r.recordal
                            when 'dispute' then d.dispute when 'lot' then l.lot end is not null),
            ('period_closed', e."on" <= b.closed_through),
            ('currency_mismatch', d.currency <> e.fields ->> 'currency' or d.currency <> f.currency),
            ('recordal_not_theirs', 'recordal_not_theirs' = any(t.guards) and r.party <> e.fields ->> 'right_holder'),
            ('recordal_not_in_force', 'recordal_not_in_force' = any(t.guards) and e."on" not between r.valid_from and r.valid_to),
            ('illegal_transition', t.of_dispute and move.event is null and (d.dispute is not null or t.adds_to = 'dispute')
               or t.of_lot and lot_move.event is null and (l.lot is not null or t.adds_to = 'lot')
               or t.subject = 'event' and d.stage = 'closed'),
            ('date_out_of_order', t.of_dispute and e."on" < d.stage_since),
            ('calendar_missing', 'deadline_passed' = any(t.guards) and due.late_unknown and not due.late
               or due.needed and due.allowed_unknown and not due.allowed),
            ('deadline_passed', 'deadline_passed' = any(t.guards) and due.late),
            ('deadline_not_passed', due.needed and not due.allowed and not (e.event = 'release_lot' and d.outcome <> '')),
            ('not_a_patent', 'not_a_patent' = any(t.guards) and r.kind not in ('invention', 'utility_model', 'design')),
            ('release_not_requested', 'release_not_requested' = any(t.guards) and d.dispute is not null
               and not case when e.guarantor is null then stand.requested else coalesce(p.requested, false) end),
            ('instrument_not_accepted', 'instrument_not_accepted' = any(t.guards) and not e.fields ->> 'instrument' = any(o.instruments)),
            ('no_facility', 'no_facility' = any(t.guards) and d.dispute is not null
               and (f.guarantor is null or e."on" not between f.granted_on and f.valid_to)),
            ('facility_exceeded', 'facility_exceeded' = any(t.guards) and coalesce(stood.amount, 0) + made.exposure > f.amount),
            ('consignor_limit_exceeded', 'consignor_limit_exceeded' = any(t.guards)
               and coalesce(stood_for.amount, 0) + made.exposure > f.consignor_limit),
            ('security_short', 'security_short' = any(t.guards) and d.dispute is not null
               and (goods.value = 0 or has.security < guarantee_api.security_due(d.procedure, goods.value, money.unit))),
            ('no_assistance_order', 'no_assistance_order' = any(t.guards) and not d.under_order),
            ('goods_under_order', 'goods_under_order' = any(t.guards) and d.under_order and not (e.event = 'release_lot' and d.outcome <> '')),
            ('no_undertaking', 'no_undertaking' = any(t.guards) and d.dispute is not null and has.undertaken = 0),
            ('undertaking_expired', 'undertaking_expired' = any(t.guards) and e."on" > p.expires_on),
            ('cover_short', 'cover_short' = any(t.guards) and d.outcome = ''
               and has.cover + coalesce(made.cover, 0)
                 < goods.released + case when lot_move.to_state = 'released_conditionally' then l.value else 0 end),
            ('outcome_forbids', 'outcome_forbids' = any(t.guards) and case
               when not t.of_lot then d.outcome not in ('infringing', 'settled')
               when e.event = 'confiscate_lot' then d.outcome <> 'infringing'
               else d.outcome = 'infringing' end),
            ('award_exceeded', 'award_exceeded' = any(t.guards) and stand.drawn + money.amount > coalesce(d.award, 0)),
            ('award_unmet', 'award_unmet' = any(t.guards) and d.outcome in ('infringing', 'settled') and stand.drawn < d.award
               and case when t.of_lot then has.cover > 0 else has.cover + coalesce(made.cover, 0) < d.award - stand.drawn end),
            ('recourse_exceeded', 'recourse_exceeded' = any(t.guards) and d.dispute is not null
               and coalesce(p.claimed, 0) + money.amount > coalesce(p.paid, 0)),
            ('lot_open', 'lot_open' = any(t.guards) and goods.open_lot is not null),
            ('not_settled', 'not_settled' = any(t.guards) and has.unsettled <> 0),
            ('insufficient_funds', made.short)
          ) broken (code, is_broken)
          join guarantee.guard g on g.code = broken.code
         where broken.is_broken
         order by g.precedence
         limit 1
      ) refusal on true
  );
end
$$;
comment on function guarantee_api.judge(guarantee_api.proposal[], text[], date) is
  'Judges events none of which depends on another: each guard of guards.csv that is broken, and of those the one highest in the file';
