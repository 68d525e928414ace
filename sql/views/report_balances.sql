create function guarantee_api.report_balances(
  office text default null, dispute text default null, guarantor text default null, zero text default null)
returns table (account text, office text, role text, dispute text, guarantor text, currency text, balance numeric)
language sql stable as $$
  select a.name, a.office, a.role, a.dispute, a.guarantor, a.currency, guarantee_api.money(a.balance, c.minor_digits)
    from (
      -- Two halves, each read in the order of names, as account_named has them.
      (select b.*
         from guarantee.account b where b.is_zero::integer = 0 order by b.name)
      union all
      (select b.*
         from guarantee.account b where b.is_zero::integer = 1 and report_balances.zero is not null order by b.name)
    ) a
    join guarantee.currency c on c.currency = a.currency
   where (report_balances.office is null
          or a.office = report_balances.office and a.name >= report_balances.office || ':' and a.name < report_balances.office || ';')
     and (report_balances.dispute is null or a.dispute = report_balances.dispute and a.office = (
           select d.office from guarantee.dispute d where d.dispute = report_balances.dispute))
     and (report_balances.guarantor is null or a.guarantor = report_balances.guarantor)
   order by a.name, a.office, a.role, a.dispute, a.guarantor, a.currency
$$;
comment on function guarantee_api.report_balances(text, text, text, text) is
  'Each account with its balance on its normal side; those at zero only when zero is given';
