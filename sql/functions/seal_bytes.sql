create function guarantee_api.seal_bytes(
  number bigint, sealed_at timestamptz, sealed_by text, heads jsonb, attempts jsonb, events bigint, root bytea, previous bytea, key_id text
) returns bytea
language sql stable as $$
  select convert_to(jsonb_build_object(
    'number', number::text, 'sealed_at', to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'sealed_by', sealed_by,
    'heads', heads, 'attempts', attempts, 'events', events::text, 'root', encode(root, 'hex'), 'previous', encode(previous, 'hex'), 'key_id', key_id)::text, 'UTF8')
$$;
comment on function guarantee_api.seal_bytes(bigint, timestamptz, text, jsonb, jsonb, bigint, bytea, bytea, text) is
  'What a seal''s signature and the next seal''s previous cover, as the one text that jsonb has for it, in UTF-8. Never to be changed: no signature made before would hold';
