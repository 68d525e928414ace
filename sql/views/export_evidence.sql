create function guarantee_api.export_attempts()
returns table (office text, number bigint, attempted_at text, attempted_by text, result text, reported text, fields text, hash text)
language sql stable as $$
  select nullif(a.office, ''), a.number, to_char(a.attempted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), a.attempted_by,
         a.result, a.reported::text, a.fields::text, encode(a.hash, 'hex')
    from guarantee.attempt a
   order by a.office, a.number
$$;
comment on function guarantee_api.export_attempts() is 'Refused events for the audit pack, by the office they were meant for and number';

create function guarantee_api.export_seals()
returns table (number bigint, sealed_at text, sealed_by text, key_id text, root text, statement text, signature text, public_key text)
language sql stable as $$
  select s.number, to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), s.sealed_by, s.key_id, encode(s.root, 'hex'),
         convert_from(guarantee_api.seal_bytes(s.number, s.sealed_at, s.sealed_by, s.heads, s.attempts, s.events, s.root, s.previous, s.key_id), 'UTF8'),
         encode(s.signature, 'hex'), encode(s.public_key, 'hex')
    from guarantee.seal s
   order by s.number
$$;
comment on function guarantee_api.export_seals() is 'The seals for the audit pack; statement is what was signed, to the byte';

create function guarantee_api.export_attempt_heads() returns table (office text, number bigint, hash text)
language sql stable as $$
  select a.office, a.number, encode(a.hash, 'hex') from guarantee.attempt_book a order by a.office
$$;
comment on function guarantee_api.export_attempt_heads() is 'How far the refused events of each office go, for the audit pack''s manifest';

create function guarantee_api.export_last_seal() returns table (number bigint, hash text)
language sql stable as $$
  select s.number, encode(sha256(guarantee_api.seal_bytes(s.number, s.sealed_at, s.sealed_by, s.heads, s.attempts, s.events, s.root, s.previous, s.key_id)), 'hex')
    from guarantee.seal s
   order by s.number desc limit 1
$$;
comment on function guarantee_api.export_last_seal() is 'The latest seal and the SHA-256 of what was signed, for the audit pack''s manifest';
