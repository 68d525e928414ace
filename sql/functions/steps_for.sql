create function guarantee_api.steps_for(dispute text, deadline text, state text) returns text
language sql stable as $$
  select string_agg(s.event, ' ' order by s.event)
    from guarantee.dispute d
    cross join lateral (
      select t.event
        from guarantee.deadline x
        join guarantee.deadline_rule r on r.deadline = x.deadline and r.starts = x.starts and r.procedure = x.procedure
        join guarantee.event_type t on t.event = any(r.stops) and (steps_for.state = 'running' or not 'deadline_passed' = any(t.guards))
       where x.dispute = d.dispute and x.deadline = steps_for.deadline and x.met_on is null
      union
      select y.event
        from guarantee.deadline x
        join guarantee.deadline_expiry y on y.deadline = x.deadline and y.starts = x.starts and y.procedure = x.procedure
         and y.from_stage in ('', d.stage) and y.unless_event <> all(d.unless_events)
       where steps_for.state = 'passed' and x.dispute = d.dispute and x.deadline = steps_for.deadline and x.met_on is null
      union
      select t.event from guarantee.event_type t where steps_for.deadline = 'cover_ends' and 'dates_undertaking' = any(t.effects)
    ) s
    join guarantee.dispute_transition m on m.event = s.event and m.from_stage = d.stage
    join guarantee.event_type t on t.event = s.event
   where d.dispute = steps_for.dispute
     and (not t.of_lot or exists (
       select from guarantee.lot l join guarantee.lot_transition k on k.event = s.event and k.from_state = l.state where l.dispute = d.dispute))
$$;
comment on function guarantee_api.steps_for(text, text, text) is
  'The events that deal with a deadline of a dispute at its stage: what meets one that runs, what may still meet one that has passed, what its passing allows';
