create function guarantee_api.deadlines_of(dispute text, stage text, unless_events text[], event text, "on" date)
returns setof guarantee_api.deadline_facts
language sql stable as $$
  select coalesce(bool_or(k.elapsed) filter (where allows.it), false),
         coalesce(bool_or(k.elapsed is null) filter (where allows.it), false),
         string_agg(d.deadline, ', ' order by d.deadline) filter (where allows.it),
         coalesce(bool_or(k.elapsed) filter (where meets.it), false),
         coalesce(bool_or(k.elapsed is null) filter (where meets.it), false),
         min(d.deadline) filter (where meets.it and k.elapsed is not false)
    from guarantee.deadline d
    join guarantee.deadline_rule r on r.deadline = d.deadline and r.starts = d.starts and r.procedure = d.procedure
    join guarantee.deadline_expiry x on x.deadline = d.deadline and x.starts = d.starts and x.procedure = d.procedure
     and x.from_stage in ('', deadlines_of.stage) and x.unless_event <> all(deadlines_of.unless_events)
    cross join lateral (select x.event = deadlines_of.event and d.met_on is null as it) allows
    cross join lateral (select deadlines_of.event = any(r.stops) as it) meets
    cross join lateral guarantee_api.elapsed(d.starts_on, r.period, r.unit, deadlines_of."on") k
   where d.dispute = deadlines_of.dispute and (allows.it or meets.it)
$$;
comment on function guarantee_api.deadlines_of(text, text, text[], text, date) is
  'What the deadlines of a dispute say of an event: whether a running one that has passed allows it, and whether one that it would meet has passed';
