create function guarantee_api.apply_to_deadlines(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  update guarantee.deadline d set met_on = v."on"
    from unnest(verdicts) v
   where 'deadline' = any(v.steps) and d.dispute = v.dispute and d.met_on is null
     and exists (select from guarantee.deadline_rule r
                  where r.deadline = d.deadline and r.starts = d.starts and r.procedure = d.procedure and v.event = any(r.stops));

  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on)
  select coalesce(v.dispute, v.fields ->> 'dispute'), r.deadline, r.starts, r.procedure, v."on"
    from unnest(verdicts) v
    join guarantee.deadline_rule r on r.starts = v.event
    join guarantee.dispute d on d.dispute = coalesce(v.dispute, v.fields ->> 'dispute') and r.procedure in ('', d.procedure)
   where 'deadline' = any(v.steps)
  on conflict (dispute, deadline) do nothing;
end
$$;
comment on function guarantee_api.apply_to_deadlines(guarantee_api.verdict[]) is
  'Meets running deadlines, and starts those not yet started: the first event that starts one counts';
