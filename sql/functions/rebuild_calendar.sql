create function guarantee_api.rebuild_calendar() returns void
language sql set search_path = guarantee, pg_temp as $$
  delete from guarantee.calendar_day;
  insert into guarantee.calendar_day (day, working_day, worked_through, known_through)
  select day, working_day, worked_through, known_through from guarantee_api.expected_calendar_day;
$$;
comment on function guarantee_api.rebuild_calendar() is
  'Lays out every day of every year of which a day is known, by the events and statutory_day';
