create function guarantee_api.report_trial_balance(office text default null)
returns table (office text, role text, currency text, debit numeric, credit numeric, ledger text)
language sql stable as $$
  select s.office, s.role, s.currency,
         case when r.normal_side = 1 then guarantee_api.money(s.balance, c.minor_digits) end,
         case when r.normal_side = -1 then guarantee_api.money(s.balance, c.minor_digits) end,
         r.ledger
    from (
      select a.office, a.role, a.currency, sum(a.balance) as balance
        from guarantee_api.position a
       where report_trial_balance.office is null or a.office = report_trial_balance.office
       group by a.office, a.role, a.currency
    ) s
    join guarantee.account_role r on r.role = s.role
    join guarantee.currency c on c.currency = s.currency
   order by s.office, s.role, s.currency
$$;
comment on function guarantee_api.report_trial_balance(text) is
  'Balances by role and side; in each ledger, cash and memo, debits and credits of an office and currency sum to the same';
