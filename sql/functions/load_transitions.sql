create function guarantee_api.load_transitions() returns void
language plpgsql set search_path = guarantee, pg_temp as $$
begin
  insert into dispute_transition
  select event, coalesce("from", ''), "to", outcome from rules_transitions where machine = 'dispute'
  on conflict (event, from_stage) do update set to_stage = excluded.to_stage, outcome = excluded.outcome;

  insert into lot_transition
  select event, coalesce("from", ''), "to" from rules_transitions where machine = 'lot'
  on conflict (event, from_state) do update set to_state = excluded.to_state;

  delete from dispute_transition t
   where not exists (select from rules_transitions r
                      where r.machine = 'dispute' and r.event = t.event and coalesce(r."from", '') = t.from_stage);
  delete from lot_transition t
   where not exists (select from rules_transitions r
                      where r.machine = 'lot' and r.event = t.event and coalesce(r."from", '') = t.from_state);
end
$$;
comment on function guarantee_api.load_transitions() is
  'transitions.csv into one table for each machine';
