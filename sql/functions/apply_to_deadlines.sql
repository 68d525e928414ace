create function guarantee_api.apply_to_deadlines(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on, met_on, office, active)
  select met.dispute, met.deadline, met.starts, met.procedure, met.starts_on, v."on", met.office, false
    from unnest(verdicts) v
    cross join lateral (
      select x.* from guarantee.deadline x
       where x.dispute = v.dispute and x.met_on is null
         and exists (select from guarantee.deadline_rule r
                      where r.deadline = x.deadline and r.starts = x.starts and r.procedure = x.procedure and v.event = any(r.stops))
      offset 0
    ) met
   where 'meets' = any(v.steps)
  on conflict (dispute, deadline) do update set met_on = excluded.met_on, active = false;

  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on, office, active)
  select d.dispute, r.deadline, r.starts, r.procedure, v."on", d.office, d.active
    from unnest(verdicts) v
    cross join lateral (
      select x.dispute, x.procedure, x.office, x.active from guarantee.dispute x where x.dispute = v.dispute offset 0
    ) d
    join guarantee.deadline_rule r on r.starts = v.event and r.procedure in ('', d.procedure)
   where 'starts' = any(v.steps)
  on conflict (dispute, deadline) do nothing;
end
$$;
comment on function guarantee_api.apply_to_deadlines(guarantee_api.verdict[]) is
  'Meets running deadlines, and starts those not yet started: the first event that starts one counts';
