create function guarantee_api.today() returns date
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (select (now() at time zone s.time_zone)::date from guarantee.setting s);
end
$$;
comment on function guarantee_api.today() is 'Today in the ledger''s zone';
