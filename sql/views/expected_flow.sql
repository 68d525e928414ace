create view guarantee_api.expected_flow as
  with side as (
    select n.office, n.sequence, n."on", n.amount, a.role, a.currency,
           row_number() over (partition by n.office, n.sequence, n.amount > 0 order by n.line) as place
      from guarantee.entry n
      join guarantee.account a on a.account_id = n.account_id
  )
  select d."on", d.office, d.role as debit_role, k.role as credit_role, d.currency, sum(d.amount) as amount, count(*) as times
    from side d
    join side k on k.office = d.office and k.sequence = d.sequence and k.place = d.place and k.amount < 0
   where d.amount > 0
   group by d."on", d.office, d.role, k.role, d.currency;
comment on view guarantee_api.expected_flow is
  'What went between kinds of account on each day by the entries: an event''s first debit with its first credit, and so on';
