create function guarantee_api.closing_bytes(
  office text, through date, sequence bigint, previous bytea, account_count bigint, balances bytea, disputes jsonb, lots jsonb
) returns bytea
language sql stable as $$
  select convert_to(jsonb_build_object(
    'office', office, 'through', to_char(through, 'YYYY-MM-DD'), 'sequence', sequence::text, 'previous', encode(previous, 'hex'),
    'account_count', account_count::text, 'balances', encode(balances, 'hex'), 'disputes', disputes, 'lots', lots)::text, 'UTF8')
$$;
comment on function guarantee_api.closing_bytes(text, date, bigint, bytea, bigint, bytea, jsonb, jsonb) is
  'What the hash of a closing covers, as the one text that jsonb has for it, in UTF-8. Never to be changed: every closing made before would have another hash';
