create function guarantee_api.recording_text(office text, recorded_at timestamptz, recorded_by text) returns text
language sql stable as $$
  select concat('{"office": ', to_json(office), ', "recorded_at": "', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                '", "recorded_by": ', to_json(recorded_by))
$$;
comment on function guarantee_api.recording_text(text, timestamptz, text) is
  'Where, when and by whom events are recorded, as canonical_bytes() takes it: the first members of a JSON object that is still open';
