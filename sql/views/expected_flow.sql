create view guarantee_api.expected_flow as
  select e."on", e.office, side.debit_role, side.credit_role, e.currency, sum(e.amount) as amount, count(*) as times
    from (
      select n."on", n.office, n.sequence, a.currency, max(n.amount) as amount,
             array_agg(a.role order by n.line) filter (where n.amount > 0) as debit_roles,
             array_agg(a.role order by n.line) filter (where n.amount < 0) as credit_roles
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id
       group by n."on", n.office, n.sequence, a.currency
    ) e
    cross join unnest(e.debit_roles, e.credit_roles) side (debit_role, credit_role)
   group by e."on", e.office, side.debit_role, side.credit_role, e.currency;
comment on view guarantee_api.expected_flow is
  'What went between kinds of account on each day by the entries: an event''s first debit with its first credit, and so on';
