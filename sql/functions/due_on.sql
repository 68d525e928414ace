create function guarantee_api.due_on(starts_on date, period integer, unit text) returns date
language sql stable as $$
  select case when unit <> 'working_days' then (starts_on + (period || ' ' || unit)::interval)::date else (
    select c.day
      from (values (1)) one
      left join lateral (select k.worked_through as worked, k.known_through as known from guarantee.calendar_day k
                          where k.day <= starts_on order by k.day desc limit 1) since on true
      join guarantee.calendar_day c on c.working_day and c.worked_through = coalesce(since.worked, 0) + period
     where c.known_through - coalesce(since.known, 0) = c.day - starts_on
  ) end
$$;
comment on function guarantee_api.due_on(date, integer, text) is
  'Last day of a period that starts on the day after starts_on; null while the working days of a year that it needs are not known';
