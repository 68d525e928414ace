create function guarantee_api.deadlines_of(dispute text, stage text, unless_events text[], event text, "on" date)
returns guarantee_api.deadline_facts
language plpgsql stable as $$
declare
  due guarantee_api.deadline_facts;
begin
  select coalesce(bool_or(k.elapsed) filter (where k.allows), false),
         coalesce(bool_or(k.elapsed is null) filter (where k.allows), false),
         string_agg(k.deadline, ', ' order by k.deadline) filter (where k.allows),
         coalesce(bool_or(k.elapsed) filter (where k.meets), false),
         coalesce(bool_or(k.elapsed is null) filter (where k.meets), false),
         min(k.deadline) filter (where k.meets and k.elapsed is not false)
    into due
    from (
      select d.deadline, c.allows, c.meets, guarantee_api.elapsed(d.starts_on, r.period, r.unit, deadlines_of."on") as elapsed
        from guarantee.deadline d
        cross join lateral (
          select u.* from guarantee.deadline_rule u where u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure offset 0
        ) r
        cross join lateral (
          select u.event from guarantee.deadline_expiry u
           where u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure
             and u.from_stage in ('', deadlines_of.stage) and u.unless_event <> all(deadlines_of.unless_events)
          offset 0
        ) x
        cross join lateral (
          select x.event = deadlines_of.event and d.met_on is null as allows, deadlines_of.event = any(r.stops) as meets
        ) c
       where d.dispute = deadlines_of.dispute and (c.allows or c.meets)
      offset 0
    ) k;
  return due;
end
$$;
comment on function guarantee_api.deadlines_of(text, text, text[], text, date) is
  'What the deadlines of a dispute say of an event: whether a running one that has passed allows it, and whether one that it would meet has passed';
