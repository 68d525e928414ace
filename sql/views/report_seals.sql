create function guarantee_api.report_seals()
returns table (number bigint, sealed_at timestamptz, sealed_by text, events bigint, root text, previous text, key_id text,
               public_key text, signature text, heads jsonb, attempts jsonb, statement text)
language sql stable as $$
  select s.number, s.sealed_at, s.sealed_by, s.events,
         encode(s.root, 'hex'), encode(s.previous, 'hex'), s.key_id, encode(s.public_key, 'hex'), encode(s.signature, 'hex'),
         s.heads, s.attempts,
         convert_from(guarantee_api.seal_bytes(s.number, s.sealed_at, s.sealed_by, s.heads, s.attempts, s.events, s.root, s.previous, s.key_id), 'UTF8')
    from guarantee.seal s
   order by s.number
$$;
comment on function guarantee_api.report_seals() is
  'The seals in their order; events is how many each closed, and statement what was signed, to the byte';
