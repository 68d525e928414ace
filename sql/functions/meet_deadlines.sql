create function guarantee_api.meet_deadlines(verdicts guarantee_api.verdict[]) returns void
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
  on conflict (dispute, deadline) do update set met_on = excluded.met_on, active = false;
end
$$;
comment on function guarantee_api.meet_deadlines(guarantee_api.verdict[]) is 'Meets running deadlines';
