create function guarantee_api.accounts_named(name text) returns setof bigint
language sql stable as $$
  -- A name is taken apart in every way that its colons allow, so that it is found by key; and all of it before, since row
  -- security lets no function look at a key.
  with part as (
    select string_to_array(name, ':') as part
  ), cut as (
    select array_to_string(part[1:i], ':') as office, part[i + 1] as role, part[i + 2:cardinality(part) - 1] as rest, part[cardinality(part)] as currency
      from part cross join lateral generate_series(1, cardinality(part) - 2) i
  ), named as materialized (
    select cut.office, cut.role, array_to_string(cut.rest[1:j], ':') as dispute, array_to_string(cut.rest[j + 1:], ':') as guarantor, cut.currency
      from cut
      join guarantee.account_role r on r.role = cut.role
      cross join lateral generate_series(0, cardinality(cut.rest)) j
  )
  select a.account_id
    from named n
    join guarantee.account a
      on a.dispute = n.dispute and a.office = n.office and a.role = n.role and a.guarantor = n.guarantor and a.currency = n.currency
$$;
comment on function guarantee_api.accounts_named(text) is 'The account of which account_name() made this name';
