create function guarantee_api.deadlines_of(dispute text, stage text, unless_events text[], event text, "on" date)
returns guarantee_api.deadline_facts
language plpgsql stable as $$
declare
  due guarantee_api.deadline_facts;
begin
  select coalesce(bool_or(k.elapsed) filter (where k.allows), false),
         coalesce(bool_or(k.elapsed is null) filter (where k.allows), false),
         coalesce(bool_or(k.elapsed) filter (where k.meets), false),
         coalesce(bool_or(k.elapsed is null) filter (where k.meets), false)
    into due
    from guarantee_api.deadlines_in_question(dispute, stage, unless_events, event, "on") k;
  return due;
end
$$;
comment on function guarantee_api.deadlines_of(text, text, text[], text, date) is
  'What the deadlines of a dispute say of an event: whether a running one that has passed allows it, and whether one that it would meet has passed';
