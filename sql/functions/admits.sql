create function guarantee_api.admits(f guarantee.event_field, value jsonb) returns boolean
language sql immutable parallel safe as $$
  select jsonb_typeof(value) = 'string' and value #>> '{}' ~ f.pattern and length(value #>> '{}') <= f.max_length
$$;
comment on function guarantee_api.admits(guarantee.event_field, jsonb) is 'Whether a field may hold a value';
