create function guarantee_api.hash_mark(hash bytea) returns text
language sql immutable parallel safe as $$
  select encode(substring(hash from 1 for 4), 'hex')
$$;
comment on function guarantee_api.hash_mark(bytea) is
  'The beginning of an event''s hash in hexadecimal digits, by which the position of a feed tells it from another of the same number';
