create function guarantee_past.working_days_left(today date, due_on date) returns integer
language plpgsql stable as $$
begin
  if not guarantee_past.calendar_was_other() then
    return guarantee_api.working_days_left(today, due_on);
  end if;
  return (
    select case when count(*) = due_on - today then count(*) filter (where c.working_day) end
      from guarantee_past.calendar_day c
     where c.day > today and c.day <= due_on);
end
$$;
comment on function guarantee_past.working_days_left(date, date) is
  'Working days after today up to and with the due day, as they were known';
