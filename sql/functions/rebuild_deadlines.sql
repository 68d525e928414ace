create function guarantee_api.rebuild_deadlines() returns void
language sql as $$
  delete from guarantee.deadline d
   where not exists (
     select from guarantee_api.expected_deadline x
      where (x.dispute, x.deadline, x.starts, x.procedure, x.starts_on) = (d.dispute, d.deadline, d.starts, d.procedure, d.starts_on)
        and x.met_on is not distinct from d.met_on);
  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on, met_on)
  select x.dispute, x.deadline, x.starts, x.procedure, x.starts_on, x.met_on from guarantee_api.expected_deadline x
  on conflict (dispute, deadline) do nothing;
  update guarantee.dispute d set unless_events = x.unless_events
    from guarantee_api.expected_dispute x
   where x.dispute = d.dispute and x.unless_events <> d.unless_events;
$$;
comment on function guarantee_api.rebuild_deadlines() is
  'Brings the deadlines of all disputes to what deadlines.csv says now of the events that were recorded';
