create function guarantee_api.broken_guards(f guarantee_api.fact, today date) returns text[]
language sql stable as $$
  select array_remove(array[
    case when (f.money).inexact or (f.made).overflow then 'bad_value' end,
    case when not f.same_as_recorded then 'key_conflict' end,
    case when f."on" > today then 'date_in_future' end,
    case when f.names_office and (f.keeper).office is null and f.adds_to is distinct from 'office' then 'unknown_office' end,
    case when f.unknown_party then 'unknown_party' end,
    case when f.of_recordal and (f.recordal).recordal is null and f.adds_to is distinct from 'recordal' then 'unknown_recordal' end,
    case when f.of_dispute and f.dispute is null and f.adds_to is distinct from 'dispute' then 'unknown_dispute' end,
    case when f.of_lot and f.dispute is not null and (f.named_lot).state is null and f.adds_to is distinct from 'lot' then 'unknown_lot' end,
    case when f.is_reversal and not guarantee_api.reversible(f.past) then 'not_reversible' end,
    case when case f.adds_to when 'office' then (f.keeper).office is not null when 'recordal' then (f.recordal).recordal is not null
                when 'dispute' then f.dispute is not null when 'lot' then (f.named_lot).lot is not null
                when 'party' then f.known_party end then 'duplicate' end,
    case when f."on" <= f.closed_through then 'period_closed' end,
    case when f.dispute_currency <> f.fields ->> 'currency' or f.dispute_currency <> (f.facility).currency then 'currency_mismatch' end,
    case when 'recordal_not_theirs' = any(f.guards) and (f.recordal).party <> f.fields ->> 'right_holder' then 'recordal_not_theirs' end,
    case when 'recordal_not_in_force' = any(f.guards) and f."on" not between (f.recordal).valid_from and (f.recordal).valid_to then 'recordal_not_in_force' end,
    case when f.of_dispute and (f.stage_move).event is null and (f.dispute is not null or f.adds_to = 'dispute')
           or f.of_lot and (f.lot_move).event is null and ((f.named_lot).state is not null or f.adds_to = 'lot')
           or f.is_reversal and f.stage = 'closed' then 'illegal_transition' end,
    case when f.of_dispute and f."on" < f.stage_since then 'date_out_of_order' end,
    case when 'deadline_passed' = any(f.guards) and (f.due).late_unknown and not (f.due).late
           or f.needs_expiry and (f.due).allowed_unknown and not (f.due).allowed then 'calendar_missing' end,
    case when 'deadline_passed' = any(f.guards) and (f.due).late then 'deadline_passed' end,
    case when f.needs_expiry and f.dispute is not null and not (f.due).allowed then 'deadline_not_passed' end,
    case when 'not_a_patent' = any(f.guards) and (f.recordal).kind not in ('invention', 'utility_model', 'design') then 'not_a_patent' end,
    case when 'release_not_requested' = any(f.guards) and f.dispute is not null
          and not case when f.guarantor is null then (f.stand).requested else coalesce((f.standing).requested, false) end then 'release_not_requested' end,
    case when 'instrument_not_accepted' = any(f.guards) and not f.fields ->> 'instrument' = any((f.keeper).instruments) then 'instrument_not_accepted' end,
    case when 'no_facility' = any(f.guards) and f.dispute is not null
          and ((f.facility).guarantor is null or f."on" not between (f.facility).granted_on and (f.facility).valid_to) then 'no_facility' end,
    case when 'facility_exceeded' = any(f.guards) and (f.made).exposure > (f.facility).room then 'facility_exceeded' end,
    case when 'consignor_limit_exceeded' = any(f.guards)
          and (f.made).exposure > (f.facility).consignor_room then 'consignor_limit_exceeded' end,
    case when 'security_short' = any(f.guards) and f.dispute is not null and ((f.goods).value = 0
           or (f.has).security < guarantee_api.security_due(f.procedure, (f.goods).value, (f.money).unit)) then 'security_short' end,
    case when 'no_assistance_order' = any(f.guards) and not f.under_order then 'no_assistance_order' end,
    case when 'goods_under_order' = any(f.guards) and f.under_order and not (f.event = 'release_lot' and f.outcome <> '') then 'goods_under_order' end,
    case when 'no_undertaking' = any(f.guards) and f.dispute is not null and (f.has).undertaken = 0 then 'no_undertaking' end,
    case when 'undertaking_expired' = any(f.guards) and f."on" > (f.standing).expires_on then 'undertaking_expired' end,
    case when 'cover_short' = any(f.guards) and f.outcome = '' and (f.has).cover + coalesce((f.made).cover, 0)
               < (f.goods).released + case when (f.lot_move).to_state = 'released_conditionally' then (f.named_lot).value else 0 end then 'cover_short' end,
    case when 'outcome_forbids' = any(f.guards) and case
           when not f.of_lot then f.outcome not in ('infringing', 'settled')
           when f.event = 'confiscate_lot' then f.outcome <> 'infringing'
           else f.outcome = 'infringing' end then 'outcome_forbids' end,
    case when 'award_exceeded' = any(f.guards) and (f.stand).drawn + (f.money).amount > coalesce(f.award, 0) then 'award_exceeded' end,
    case when 'award_unmet' = any(f.guards) and f.outcome in ('infringing', 'settled') and case
           when f.of_lot then (f.has).cover > 0 and (f.stand).drawn < f.award
           else (f.has).cover + coalesce((f.made).cover, 0) < f.award - (f.stand).drawn end then 'award_unmet' end,
    case when 'recourse_exceeded' = any(f.guards) and f.dispute is not null
          and (f.money).amount > coalesce((f.standing).paid, 0) - coalesce((f.standing).claimed, 0) then 'recourse_exceeded' end,
    case when (f.open_lot).lot is not null then 'lot_open' end,
    case when (f.unsettled).account_id is not null then 'not_settled' end,
    case when (f.made).short then 'insufficient_funds' end
  ], null)
$$;
comment on function guarantee_api.broken_guards(guarantee_api.fact, date) is 'guards.csv as conditions: the codes of all the guards that an event breaks';
