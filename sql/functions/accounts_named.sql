create function guarantee_api.accounts_named(name text) returns setof bigint
language sql stable as $$
  -- A name is taken apart in every way that its colons allow, so that it is found by key.
  with part as (
    select string_to_array(name, ':') as part
  ), cut as (
    select array_to_string(part[1:i], ':') as office, part[i + 1] as role, part[i + 2:cardinality(part) - 1] as rest, part[cardinality(part)] as currency
      from part cross join lateral generate_series(1, cardinality(part) - 2) i
  )
  select a.account_id
    from cut
    join guarantee.account_role r on r.role = cut.role
    cross join lateral generate_series(0, cardinality(cut.rest)) j
    join guarantee.account a
      on a.office = cut.office and a.role = cut.role and a.currency = cut.currency
     and a.dispute = array_to_string(cut.rest[1:j], ':') and a.guarantor = array_to_string(cut.rest[j + 1:], ':')
$$;
comment on function guarantee_api.accounts_named(text) is 'The account of which account_name() made this name';
