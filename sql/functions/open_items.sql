create function guarantee_api.open_items(measure text, of_office text, of_guarantor text)
returns table (office text, role text, dispute text, guarantor text, currency text, minor_digits smallint, age integer, amount numeric)
language sql stable as $$
  -- What is paid or given up settles the oldest first, so what is open is the latest of what was added.
  select x.* from (
    select a.office, a.role, a.dispute, a.guarantor, a.currency, c.minor_digits, guarantee_api.today() - n."on" as age,
           least(n.amount * r.normal_side, greatest(a.balance - coalesce(sum(n.amount * r.normal_side) over (
             partition by a.account_id order by n."on" desc, n.version desc rows between unbounded preceding and 1 preceding), 0), 0)) as amount
      from guarantee.account a
      join guarantee.account_role r on r.role = a.role and open_items.measure = any(r.measures)
      join guarantee.entry n on n.account_id = a.account_id and n.amount * r.normal_side > 0
      join guarantee.currency c on c.currency = a.currency
     where not a.is_zero
       and (open_items.of_office is null or a.office = open_items.of_office)
       and (open_items.of_guarantor is null or a.guarantor = open_items.of_guarantor)
  ) x
   where x.amount > 0
$$;
comment on function guarantee_api.open_items(text, text, text) is
  'What makes up the balances of accounts of a measure, in minor units with its age in days: the latest additions, since the oldest are settled first';
