create function guarantee_api.due(within text default '30', office text default null)
returns table (due_on date, office text, dispute text, what text, state text, working_days_left integer, guarantor text, currency text, amount numeric)
language sql stable as $$
  select x.due_on, x.office, x.dispute, x.what, x.state, x.working_days_left, x.guarantor, x.currency, x.amount
    from (
      select r.due_on, d.office, r.dispute, r.deadline as what, r.state, r.working_days_left, r.guarantor, null as currency, null::numeric as amount
        from guarantee_api.report_deadlines(office => due.office) r
        join guarantee.dispute d on d.dispute = r.dispute
       where not guarantee_api.is_final(d.stage) and r.state in ('running', 'passed')
         and coalesce(r.due_on <= guarantee_api.today() + due.within::integer, true)
      union all
      select null, a.office, a.dispute, a.role, 'expected', null, a.guarantor, a.currency, guarantee_api.money(a.balance, c.minor_digits)
        from guarantee.account a
        join guarantee.account_role r on r.role = a.role
        join guarantee.currency c on c.currency = a.currency
       where r.ledger = 'memo' and r.normal_side = 1 and r.of_dispute and a.balance > 0
         and (due.office is null or a.office = due.office)
    ) x
   order by x.due_on nulls last, x.office, x.dispute, x.what, x.guarantor
$$;
comment on function guarantee_api.due(text, text) is
  'Deadlines and undertakings that run out within so many days or have passed, and the money that guarantors and consignors still owe';
