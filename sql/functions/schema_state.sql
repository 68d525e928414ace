create function guarantee_api.schema_state() returns table (is_migration boolean, name text, fingerprint text)
language sql stable as $$
  select true, m.name, m.checksum from guarantee.migration m
  union all
  select false, s.kind, s.fingerprint from guarantee.source s
$$;
comment on function guarantee_api.schema_state() is 'Which migrations ran and what the functions and rules were made from';
