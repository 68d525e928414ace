create function guarantee_past.balance_through(account_id bigint, day date) returns table (balance numeric)
language sql stable as $$
  select coalesce(sum(n.amount * r.normal_side), 0)
    from guarantee_past.entry n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.account_role r on r.role = a.role
   where n.account_id = balance_through.account_id and n."on" <= coalesce(balance_through.day, 'infinity')
$$;
comment on function guarantee_past.balance_through(bigint, date) is
  'What an account had then at the end of a day by the dates of its entries. Neither its balance nor what went by day is kept for then, so its entries are added up';
