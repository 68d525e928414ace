create function guarantee_api.apply_to_disputes(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.dispute (dispute, office, procedure, recordal, right_holder, consignor, currency, stage, stage_since)
  select v.fields ->> 'dispute', v.office, v.fields ->> 'procedure', v.fields ->> 'recordal', v.fields ->> 'right_holder',
         v.fields ->> 'consignor', v.fields ->> 'currency', v.stage_to, v."on"
    from unnest(verdicts) v
   where v.stage_from = '';

  update guarantee.dispute d set
    stage = v.stage_to,
    stage_since = case when v.stage_to <> v.stage_from then v."on" else d.stage_since end,
    outcome = coalesce(v.outcome, d.outcome),
    award = case when not 'awards' = any(t.effects) then d.award
                 when v.outcome in ('infringing', 'settled') then coalesce(v.amount, 0) end,
    under_order = case when 'orders_assistance' = any(t.effects) then true
                       when 'lifts_assistance' = any(t.effects) then false
                       else d.under_order end,
    unless_events = case when exists (select from guarantee.deadline_expiry x where x.unless_event = v.event)
                         then array_append(array_remove(d.unless_events, v.event), v.event) else d.unless_events end
    from unnest(verdicts) v
    join guarantee.event_type t on t.event = v.event
   where 'dispute' = any(v.steps) and v.stage_from <> '' and d.dispute = v.dispute;
end
$$;
comment on function guarantee_api.apply_to_disputes(guarantee_api.verdict[]) is
  'Opens disputes and moves them: stage, outcome, award (after infringing and settled only), assistance notice';
