create function guarantee_api.apply_to_disputes(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
declare
  written bigint;
  ended text[];
begin
  with written as (
    insert into guarantee.dispute as x (dispute, office, procedure, recordal, right_holder, consignor, currency,
                                   stage, stage_since, outcome, award, under_order, unless_events, decided_on, active)
    select v.dispute, v.office, coalesce(d.procedure, v.fields ->> 'procedure'),
           coalesce(d.recordal, v.fields ->> 'recordal'), coalesce(d.right_holder, v.fields ->> 'right_holder'),
           coalesce(d.consignor, v.fields ->> 'consignor'), coalesce(d.currency, v.fields ->> 'currency'),
           v.stage_to, case when v.stage_to = v.stage_from then d.stage_since else v."on" end,
           coalesce(v.outcome, d.outcome, ''),
           case when not 'awards' = any(v.steps) then d.award
                when 'awards_if_' || v.outcome = any(v.steps) then coalesce(v.amount, 0) end,
           case when 'orders_assistance' = any(v.steps) then true
                when 'lifts_assistance' = any(v.steps) then false
                else coalesce(d.under_order, false) end,
           case when 'prevents_expiry' = any(v.steps) then array_append(array_remove(d.unless_events, v.event), v.event) else coalesce(d.unless_events, '{}') end,
           case when v.outcome is not null then least(d.decided_on, v."on") else d.decided_on end,
           coalesce(d.active, true) and not ('ends' = any(v.steps) and guarantee_api.is_final(v.stage_to))
      from unnest(verdicts) v
      left join lateral (select x.* from guarantee.dispute x where x.dispute = v.dispute offset 0) d on true
    on conflict (dispute) do update set
      stage = excluded.stage, stage_since = excluded.stage_since, outcome = excluded.outcome, award = excluded.award,
      under_order = excluded.under_order, unless_events = excluded.unless_events, decided_on = excluded.decided_on, active = excluded.active
      where x.office = excluded.office
    returning x.dispute, x.active
  )
  select count(*), array_agg(w.dispute) filter (where not w.active) into written, ended from written w;

  -- A row that was passed over is a dispute that another office opened meanwhile.
  if written < cardinality(verdicts) then
    raise unique_violation using message = 'a dispute was opened at two offices at once', table = 'dispute', constraint = 'dispute_pkey';
  end if;

  if ended is not null then
    -- "Is not false" is what no index of active ones has, so they are found by dispute whatever the planner thinks of their number.
    update guarantee.deadline x set active = false from unnest(ended) e where x.dispute = e and x.active is not false;
    update guarantee.guarantor_position x set active = false from unnest(ended) e where x.dispute = e and x.active is not false;
  end if;
end
$$;
comment on function guarantee_api.apply_to_disputes(guarantee_api.verdict[]) is
  'Opens disputes, moves them and ends them: stage, outcome, award (after the outcomes that effects.csv has for it), assistance notice';
