create function guarantee_api.ages_of(keys jsonb) returns table (key text, microseconds bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select e.key, (extract(epoch from clock_timestamp() - e.recorded_at) * 1000000)::bigint
    from jsonb_array_elements_text(keys) named (key)
    join guarantee.event e on e.key = named.key
$$;
comment on function guarantee_api.ages_of(jsonb) is
  'How long ago the events with these keys were recorded. Tells a client whose connection broke whether an event that it finds recorded was so before it began';
revoke execute on function guarantee_api.ages_of(jsonb) from public;
