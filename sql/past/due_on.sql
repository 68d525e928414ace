create function guarantee_past.due_on(starts_on date, period integer, unit text) returns date
language plpgsql stable as $$
declare
  known jsonb;
  period_key text := concat_ws(' ', starts_on, period);
  last_day date;
begin
  if unit <> 'working_days' or not guarantee_past.calendar_was_other() then
    return guarantee_api.due_on(starts_on, period, unit);
  end if;
  -- Working out a calendar takes its time, and many periods begin on one day: remembered for the reading.
  known := coalesce(nullif(current_setting('guarantee.due_dates', true), '')::jsonb, '{}');
  if not known ? period_key then
    select c.day into last_day
      from (select coalesce(max(k.worked_through), 0) as worked, coalesce(max(k.known_through), 0) as known
              from guarantee_past.calendar_day k where k.day <= due_on.starts_on) since
      join guarantee_past.calendar_day c on c.working_day and c.worked_through = since.worked + period
     where c.known_through - since.known = c.day - due_on.starts_on;
    known := known || jsonb_build_object(period_key, last_day);
    perform set_config('guarantee.due_dates', known::text, true);
  end if;
  return (known ->> period_key)::date;
end
$$;
comment on function guarantee_past.due_on(date, integer, text) is
  'Last day of a period by the working days as they were known; null while those that it needs were not';
