create function guarantee_api.accounts_named(name text) returns setof bigint
language sql stable as $$
  select a.account_id from guarantee.account a where a.is_zero::integer in (0, 1) and a.name = accounts_named.name
$$;
comment on function guarantee_api.accounts_named(text) is 'The account of this name';
