create function guarantee_past.running_deadlines(until date, of_office text, first bigint)
returns table (due_on date, office text, dispute text, deadline text, state text, working_days_left integer)
language sql stable as $$
  with running as materialized (
    select y.*, u.ends_with_decision, u.period, u.unit, d.decided_on
      from guarantee_past.deadline y
      join guarantee_api.deadline_kind u on u.deadline = y.deadline and u.starts = y.starts and u.procedure = y.procedure
      join guarantee_past.dispute d on d.dispute = y.dispute
     where y.active and (running_deadlines.of_office is null or y.office = running_deadlines.of_office)
  ), day as materialized (
    -- Many disputes share a day, and what a day comes to is asked once.
    select k.starts_on, k.period, k.unit, guarantee_past.due_on(k.starts_on, k.period, k.unit) as due_on
      from (select distinct r.starts_on, r.period, r.unit from running r) k
  )
  select y.due_on, r.office, r.dispute, r.deadline,
         case when y.due_on < t.today then 'passed' else 'running' end,
         case when y.due_on >= t.today then guarantee_past.working_days_left(t.today, y.due_on) end
    from running r
    join day y on y.starts_on = r.starts_on and y.period = r.period and y.unit = r.unit
    cross join (select guarantee_past.today() as today) t
   where coalesce(y.due_on <= running_deadlines.until, true)
     and coalesce(not r.ends_with_decision or r.decided_on is null or y.due_on < r.decided_on, false)
   order by y.due_on, r.office, r.dispute, r.deadline
   limit running_deadlines.first
$$;
comment on function guarantee_past.running_deadlines(date, text, bigint) is
  'The deadlines that were not met then and run out by a day or had passed. The kept ones are read by an index, a day at a time; what was then has none and is read at once';
