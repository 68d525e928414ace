create function guarantee_api.load_deadlines() returns void
language plpgsql set search_path = guarantee, pg_temp as $$
begin
  insert into deadline_rule
  select deadline, starts, coalesce(procedure, ''), period::integer, unit, coalesce(string_to_array(stops, ' '), '{}'), basis
    from rules_deadlines;

  -- on_expiry reads: EVENT [from STAGE] [unless EVENT] [; ...], or warn, which allows nothing.
  insert into deadline_expiry
  select deadline, starts, coalesce(procedure, ''), part[1], coalesce(part[2], ''), coalesce(part[3], '')
    from rules_deadlines
    cross join lateral regexp_split_to_table(on_expiry, '\s*;\s*') clause
    cross join lateral regexp_match(trim(clause), '^(\S+)(?:\s+from\s+(\S+))?(?:\s+unless\s+(\S+))?$') part
   where part[1] <> 'warn';
end
$$;
comment on function guarantee_api.load_deadlines() is 'deadlines.csv with its on_expiry taken apart';
