create view guarantee_api.expected_calendar_day as
  with exception as (
    select day, coalesce(w.working_day, s.working_day) as working_day
      from guarantee.statutory_day s full join guarantee.working_day w using (day)
  ), every as (
    select d::date as day, coalesce(e.working_day, extract(isodow from d) < 6) as working_day
      from (select distinct extract(year from day)::integer as year from exception) y
      cross join lateral generate_series(make_date(y.year, 1, 1)::timestamp, make_date(y.year, 12, 31)::timestamp, interval '1 day') d
      left join exception e on e.day = d::date
  )
  select day, working_day, count(*) filter (where working_day) over (order by day) as worked_through, count(*) over (order by day) as known_through
    from every;
comment on view guarantee_api.expected_calendar_day is
  'Every day of every year of which a day is known: Monday to Friday but for statutory_day, and working_day above that';
