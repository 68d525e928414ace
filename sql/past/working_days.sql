create function guarantee_past.working_days() returns jsonb
language plpgsql stable as $$
declare
  snapshot text := pg_current_snapshot()::text;
  days jsonb;
begin
  -- Every period asks for them, so they are looked up once for a reading.
  if current_setting('guarantee.working_days_of', true) = snapshot then
    return current_setting('guarantee.working_days')::jsonb;
  end if;
  days := (select coalesce(jsonb_object_agg(w.day, w.working_day), '{}') from guarantee_past.expected_working_day w);
  perform set_config('guarantee.working_days', days::text, true), set_config('guarantee.working_days_of', snapshot, true),
          set_config('guarantee.due_dates', '', true);
  return days;
end
$$;
comment on function guarantee_past.working_days() is 'Days set by events, as they were known: whether each is worked, by its date';
