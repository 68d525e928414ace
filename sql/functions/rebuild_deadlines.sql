create function guarantee_api.rebuild_deadlines() returns void
language sql as $$
  update guarantee.dispute d set unless_events = x.unless_events, decided_on = x.decided_on, active = x.active
    from guarantee_api.expected_dispute x
   where x.dispute = d.dispute and (x.unless_events, x.decided_on, x.active) is distinct from (d.unless_events, d.decided_on, d.active);
  update guarantee.guarantor_position p set active = not p.active
    from guarantee.dispute d
   where d.dispute = p.dispute and p.active <> (d.active and p.expires_on is not null);
  delete from guarantee.deadline d
   where not exists (
     select from guarantee_api.expected_deadline x
      where (x.dispute, x.deadline, x.starts, x.procedure, x.starts_on, x.active) = (d.dispute, d.deadline, d.starts, d.procedure, d.starts_on, d.active)
        and x.met_on is not distinct from d.met_on);
  insert into guarantee.deadline (dispute, deadline, starts, procedure, starts_on, met_on, office, active)
  select x.dispute, x.deadline, x.starts, x.procedure, x.starts_on, x.met_on, x.office, x.active from guarantee_api.expected_deadline x
  on conflict (dispute, deadline) do nothing;
$$;
comment on function guarantee_api.rebuild_deadlines() is
  'Brings the deadlines of all disputes, and which disputes are decided or have ended, to what the rules say now of the events that were recorded';
