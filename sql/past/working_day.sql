create view guarantee_past.working_day as
  select d.day::date as day, d.working_day::boolean as working_day from jsonb_each_text((select guarantee_past.working_days())) d (day, working_day);
comment on view guarantee_past.working_day is 'Days set by events, as they were known';
