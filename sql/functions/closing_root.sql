create function guarantee_api.closing_root(office text, through date) returns bytea
language sql stable as $$
  select guarantee_api.merkle_root(coalesce(array_agg(guarantee_api.closing_leaf(b, c.minor_digits) order by b.role, b.dispute, b.guarantor, b.currency), '{}'))
    from guarantee.closing_balance b
    join guarantee.currency c on c.currency = b.currency
   where b.office = closing_root.office and b.through = closing_root.through
$$;
comment on function guarantee_api.closing_root(text, date) is 'The root over the accounts of a closing';
