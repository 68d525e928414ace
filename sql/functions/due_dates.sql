create function guarantee_api.due_dates(dispute text)
returns table (deadline text, starts_on date, due_on date, met_on date)
language sql stable as $$
  select d.deadline, d.starts_on, guarantee_api.due_on(d.starts_on, r.period, r.unit), d.met_on
    from guarantee.deadline d
    join guarantee.deadline_rule r on r.deadline = d.deadline and r.starts = d.starts and r.procedure = d.procedure
   where d.dispute = due_dates.dispute
$$;
comment on function guarantee_api.due_dates(text) is 'The statutory periods of a dispute with the day on which each ends';
