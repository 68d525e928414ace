create function guarantee_api.start_deadlines(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on, office, active)
  select d.dispute, r.deadline, r.starts, r.procedure, v."on", d.office, d.active
    from unnest(verdicts) v
    cross join lateral (
      select x.dispute, x.procedure, x.office, x.active from guarantee.dispute x where x.dispute = v.dispute offset 0
    ) d
    join guarantee.deadline_rule r on r.starts = v.event and r.procedure in ('', d.procedure)
  on conflict (dispute, deadline) do nothing;
end
$$;
comment on function guarantee_api.start_deadlines(guarantee_api.verdict[]) is 'Starts deadlines that have not yet started: the first event that starts one counts';
