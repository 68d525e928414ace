create function guarantee_api.report_balances(office text default null, dispute text default null, guarantor text default null, zero text default null)
returns table (account text, office text, role text, dispute text, guarantor text, currency text, balance numeric)
language sql stable as $$
  select guarantee_api.account_name(a.office, a.role, a.dispute, a.guarantor, a.currency),
         a.office, a.role, a.dispute, a.guarantor, a.currency, guarantee_api.money(a.balance, c.minor_digits)
    from guarantee.account a
    join guarantee.currency c on c.currency = a.currency
   where (report_balances.office is null or a.office = report_balances.office)
     and (report_balances.dispute is null or a.dispute = report_balances.dispute)
     and (report_balances.guarantor is null or a.guarantor = report_balances.guarantor)
     and (report_balances.zero is not null or a.balance <> 0)
   order by 1, 2, 3, 4, 5, 6
$$;
comment on function guarantee_api.report_balances(text, text, text, text) is
  'Each account with its balance on its normal side; those at zero only when zero is given';
