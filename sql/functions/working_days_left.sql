create function guarantee_api.working_days_left(today date, due_on date) returns integer
language sql stable as $$
  select case when count(*) = due_on - today then count(*) filter (where c.working_day) end::integer
    from guarantee.calendar_day c
   where c.day > today and c.day <= due_on
$$;
comment on function guarantee_api.working_days_left(date, date) is
  'Working days after today up to and with the due day; null when a day between is of a year not known';
