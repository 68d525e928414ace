create function guarantee_api.today() returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (now() at time zone time_zone)::date from guarantee.setting
$$;
comment on function guarantee_api.today() is 'Today in the ledger''s zone';
