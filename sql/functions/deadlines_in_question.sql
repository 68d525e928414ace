create function guarantee_api.deadlines_in_question(dispute text, stage text, unless_events text[], event text, "on" date)
returns table (deadline text, allows boolean, meets boolean, elapsed boolean)
language sql stable as $$
  select d.deadline, c.allows, c.meets, guarantee_api.elapsed(d.starts_on, r.period, r.unit, deadlines_in_question."on")
    from guarantee.deadline d
    cross join lateral (
      select u.* from guarantee.deadline_rule u where u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure offset 0
    ) r
    cross join lateral (
      select u.event from guarantee.deadline_expiry u
       where u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure
         and u.from_stage in ('', deadlines_in_question.stage) and u.unless_event <> all(deadlines_in_question.unless_events)
      offset 0
    ) x
    cross join lateral (
      select x.event = deadlines_in_question.event and d.met_on is null as allows, deadlines_in_question.event = any(r.stops) as meets
    ) c
   where d.dispute = deadlines_in_question.dispute and (c.allows or c.meets)
  offset 0
$$;
comment on function guarantee_api.deadlines_in_question(text, text, text[], text, date) is
  'The deadlines of a dispute that an event turns on: whether the event may only follow their passing, whether it meets them, and whether they have passed (null: not known)';
