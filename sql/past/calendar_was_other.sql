create function guarantee_past.calendar_was_other() returns boolean
language plpgsql stable as $$
begin
  return guarantee_past.working_days() is distinct from (select coalesce(jsonb_object_agg(w.day, w.working_day), '{}') from guarantee.working_day w);
end
$$;
comment on function guarantee_past.calendar_was_other() is 'A working day is set now that was not then, or was set otherwise';
