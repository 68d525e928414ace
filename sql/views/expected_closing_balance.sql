create view guarantee_api.expected_closing_balance as
  with moved as (
    select a.office, p.through, a.role, a.dispute, a.guarantor, a.currency, sum(n.debit) as debit, sum(n.credit) as credit
      from (
        select x.office, x.account_id, x."on", coalesce(sum(x.amount) filter (where x.amount > 0), 0) as debit,
               coalesce(sum(-x.amount) filter (where x.amount < 0), 0) as credit
          from guarantee.entry x
         where x.office in (select c.office from guarantee.closing c)
         group by x.office, x.account_id, x."on"
      ) n
      cross join lateral (
        select c.through from guarantee.closing c where c.office = n.office and c.through >= n."on" order by c.through limit 1
      ) p
      join guarantee.account a on a.account_id = n.account_id
     group by a.account_id, p.through
  ), opening as (
    select b.office, c.through, b.role, b.dispute, b.guarantor, b.currency, b.closing
      from (select x.office, x.through, lag(x.through) over (partition by x.office order by x.through) as before from guarantee.closing x) c
      join guarantee.closing_balance b on b.office = c.office and b.through = c.before and b.closing <> 0
  )
  select office, through, x.role, dispute, guarantor, currency, coalesce(o.closing, 0) as opening,
         coalesce(m.debit, 0) as debit, coalesce(m.credit, 0) as credit,
         coalesce(o.closing, 0) + (coalesce(m.debit, 0) - coalesce(m.credit, 0)) * r.normal_side as closing
    from moved m
    full join opening o using (office, through, role, dispute, guarantor, currency)
    cross join lateral (values (role)) x (role)
    join guarantee.account_role r on r.role = x.role;
comment on view guarantee_api.expected_closing_balance is
  'The accounts of each closing by the closing before and the entries dated since: that all of them are right follows from the first on';
