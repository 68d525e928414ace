create function guarantee_past.pack_totals() returns table (ledger text, currency text, debit numeric, credit numeric)
language sql stable as $$
  select r.ledger, a.currency,
         guarantee_api.money(coalesce(sum(a.balance) filter (where r.normal_side = 1), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(a.balance) filter (where r.normal_side = -1), 0), c.minor_digits)
    from guarantee_past.account a
    join guarantee.account_role r on r.role = a.role
    join guarantee.currency c on c.currency = a.currency
   where (select guarantee_past.pack_first()) ? a.office
     and a.dispute = coalesce((select guarantee_past.pack_dispute()), a.dispute)
   group by r.ledger, a.currency, c.minor_digits
   order by r.ledger, a.currency
$$;
comment on function guarantee_past.pack_totals() is 'What the balances come to on either side of those accounts that an audit pack shows';
