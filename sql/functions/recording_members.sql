create function guarantee_api.recording_members(office text, recorded_at timestamptz, recorded_by text) returns text[]
language sql stable as $$
  select array['office', office, 'recorded_at', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'recorded_by', recorded_by]
$$;
comment on function guarantee_api.recording_members(text, timestamptz, text) is
  'Where, when and by whom events are recorded, as canonical_bytes() takes it: each member''s name before its value';
