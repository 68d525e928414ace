create function guarantee_api.offices_of(disputes jsonb) returns table (dispute text, office text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select d.dispute, d.office
      from jsonb_array_elements_text(disputes) named (dispute)
      cross join lateral (select x.dispute, x.office from guarantee.dispute x where x.dispute = named.dispute offset 0) d;
end
$$;
comment on function guarantee_api.offices_of(jsonb) is 'The offices of those of the disputes that are there';
revoke execute on function guarantee_api.offices_of(jsonb) from public;
