create function guarantee_api.running_deadlines(until date, of_office text, first bigint)
returns table (due_on date, office text, dispute text, deadline text, state text, working_days_left integer)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_sort = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
declare
  today date := guarantee_api.today();
  day record;
  last_day date;
  rows_of_day bigint;
  rows_before bigint := 0;
begin
  for day in
    select a.deadline, a.starts, a.procedure, a.starts_on, a.ends_with_decision, l.due_on
      from guarantee_api.active_deadline a
      cross join lateral (select guarantee_api.due_on(a.starts_on, a.period, a.unit) as due_on offset 0) l
     where coalesce(l.due_on <= running_deadlines.until, true)
     order by l.due_on
  loop
    -- What falls due on one day is sorted together, so only a day's end is a place to stop.
    exit when rows_before >= running_deadlines.first and day.due_on is distinct from last_day;
    last_day := day.due_on;
    return query
      select day.due_on, y.office, y.dispute, y.deadline,
             case when day.due_on < today then 'passed' else 'running' end,
             case when day.due_on >= today then guarantee_api.working_days_left(today, day.due_on) end
        from guarantee.deadline y
        cross join lateral (select x.decided_on from guarantee.dispute x where x.dispute = y.dispute offset 0) d
       where y.deadline = day.deadline and y.starts = day.starts and y.procedure = day.procedure and y.starts_on = day.starts_on and y.active
         and y.office between coalesce(running_deadlines.of_office, '') and coalesce(running_deadlines.of_office, U&'\+10FFFF')
         -- What a decision ended before its time is no longer due.
         and coalesce(not day.ends_with_decision or d.decided_on is null or day.due_on < d.decided_on, false)
       order by y.office, y.dispute
       limit running_deadlines.first;
    get diagnostics rows_of_day = row_count;
    rows_before := rows_before + rows_of_day;
  end loop;
end
$$;
comment on function guarantee_api.running_deadlines(date, text, bigint) is
  'The deadlines of active disputes that are not met and run out by a day or have passed, by that day: at least the first of them, and then some of the rest';
