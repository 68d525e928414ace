create function guarantee_api.report_trial_balance(office text default null, totals text default null)
returns table (office text, role text, currency text, debit numeric, credit numeric, ledger text)
language sql stable as $$
  with line as (
    select s.office, s.role, s.currency, r.ledger, r.normal_side, s.balance, c.minor_digits
      from (
        select a.office, a.role, a.currency, sum(a.balance) as balance
          from guarantee_api.position a
         where report_trial_balance.office is null or a.office = report_trial_balance.office
         group by a.office, a.role, a.currency
      ) s
      join guarantee.account_role r on r.role = s.role
      join guarantee.currency c on c.currency = s.currency
  )
  select x.office, x.role, x.currency,
         guarantee_api.money(x.debit, x.minor_digits), guarantee_api.money(x.credit, x.minor_digits), x.ledger
    from (
      select l.office, 0 as part, l.role, l.currency, case when l.normal_side = 1 then l.balance end as debit,
             case when l.normal_side = -1 then l.balance end as credit, l.ledger, l.minor_digits
        from line l
      union all
      select l.office, 1, 'total', l.currency, coalesce(sum(l.balance) filter (where l.normal_side = 1), 0),
             coalesce(sum(l.balance) filter (where l.normal_side = -1), 0), l.ledger, l.minor_digits
        from line l where report_trial_balance.totals is not null group by l.office, l.currency, l.ledger, l.minor_digits
    ) x
   order by x.office, x.part, x.role, x.currency, x.ledger
$$;
comment on function guarantee_api.report_trial_balance(text, text) is
  'Balances by role and side; in each ledger, cash and memo, debits and credits of an office and currency sum to the same, which totals show after each office when they are asked for';
