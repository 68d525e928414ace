create function guarantee_api.elapsed(starts_on date, period integer, unit text, "on" date) returns table (elapsed boolean)
language sql stable as $$
  select case
           when elapsed.unit <> 'working_days' then (starts_on + (period || ' ' || unit)::interval)::date < elapsed."on"
           when elapsed."on" <= starts_on + period then false
           when until.worked - since.worked >= period then true
           when until.worked - since.worked + (elapsed."on" - starts_on - 1) - (until.known - since.known) < period then false
         end
    from (values (1)) one
    left join lateral (select c.worked_through as worked, c.known_through as known from guarantee.calendar_day c
                        where c.day <= starts_on order by c.day desc limit 1) s on elapsed.unit = 'working_days'
    left join lateral (select c.worked_through as worked, c.known_through as known from guarantee.calendar_day c
                        where c.day < elapsed."on" order by c.day desc limit 1) u on elapsed.unit = 'working_days'
    cross join lateral (select coalesce(s.worked, 0) as worked, coalesce(s.known, 0) as known) since
    cross join lateral (select coalesce(u.worked, 0) as worked, coalesce(u.known, 0) as known) until
$$;
comment on function guarantee_api.elapsed(date, integer, text, date) is
  'Whether a period that starts on the day after starts_on has ended before a day; null while the working days of a year that the answer depends on are not known';
