create function guarantee_api.elapsed(starts_on date, period integer, unit text, "on" date) returns boolean
language plpgsql stable as $$
declare
  since guarantee.calendar_day;
  until guarantee.calendar_day;
  worked integer;
  unknown integer;
begin
  if unit <> 'working_days' then
    return (starts_on + (period || ' ' || unit)::interval)::date < "on";
  elsif "on" <= starts_on + period then
    return false;
  end if;
  select * into since from guarantee.calendar_day c where c.day <= starts_on order by c.day desc limit 1;
  select * into until from guarantee.calendar_day c where c.day < elapsed."on" order by c.day desc limit 1;
  worked := coalesce(until.worked_through, 0) - coalesce(since.worked_through, 0);
  unknown := "on" - starts_on - 1 - (coalesce(until.known_through, 0) - coalesce(since.known_through, 0));
  return case when worked >= period then true when worked + unknown < period then false end;
end
$$;
comment on function guarantee_api.elapsed(date, integer, text, date) is
  'Whether a period that starts on the day after starts_on has ended before a day; null while the working days of a year that the answer depends on are not known';
