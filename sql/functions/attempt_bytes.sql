create function guarantee_api.attempt_bytes(
  office text, number bigint, attempted_at timestamptz, attempted_by text, result text, reported boolean, fields jsonb
) returns bytea
language sql stable as $$
  select convert_to(jsonb_build_object(
    'office', office, 'number', number::text, 'attempted_at', to_char(attempted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'attempted_by', attempted_by, 'result', result, 'reported', reported::text, 'fields', fields)::text, 'UTF8')
$$;
comment on function guarantee_api.attempt_bytes(text, bigint, timestamptz, text, text, boolean, jsonb) is
  'What the hash of a refused attempt covers, as the one text that jsonb has for it, in UTF-8. Never to be changed: every hash recorded before would be another';
