create function guarantee_api.due(within text default '30', office text default null, first bigint default null)
returns table (due_on date, office text, dispute text, what text, state text, working_days_left integer, guarantor text, currency text, amount numeric)
language sql stable as $$
  select x.due_on, x.office, x.dispute, x.what, x.state, x.working_days_left, x.guarantor, x.currency, x.amount
    from (
      select k.due_on, k.office, k.dispute, k.deadline as what, k.state, k.working_days_left, '' as guarantor, null as currency, null::numeric as amount
        from guarantee_api.running_deadlines(guarantee_api.today() + due.within::integer, due.office, due.first) k
      union all
      (select p.expires_on, d.office, d.dispute, 'cover_ends', case when p.expires_on < t.today then 'passed' else 'running' end,
              case when p.expires_on >= t.today then guarantee_api.working_days_left(t.today, p.expires_on) end, p.guarantor, null, null
         from (select guarantee_api.today() as today) t
         cross join guarantee.guarantor_position p
         join guarantee.dispute d on d.dispute = p.dispute
         cross join lateral guarantee_api.accounts_of(d.office, d.dispute, p.guarantor, t.today) a
        where p.active and p.expires_on <= t.today + due.within::integer and a.undertaken <> 0
          and (due.office is null or d.office = due.office)
        order by p.expires_on, d.office, d.dispute, p.guarantor
        limit due.first)
      union all
      select null, a.office, a.dispute, a.role, 'expected', null, a.guarantor, a.currency, guarantee_api.money(a.balance, c.minor_digits)
        from guarantee.account_role r
        cross join lateral (
          select b.* from guarantee.account b
           where b.role = r.role and not b.is_zero and (due.office is null or b.office = due.office)
           order by b.office, b.dispute, b.guarantor
           limit due.first
        ) a
        join guarantee.currency c on c.currency = a.currency
       where r.ledger = 'memo' and r.normal_side = 1 and r.of_dispute
    ) x
   order by x.due_on nulls last, x.office, x.dispute, x.what, x.guarantor
   limit due.first
$$;
comment on function guarantee_api.due(text, text, bigint) is
  'Deadlines and undertakings that run out within so many days or have passed, and the money that guarantors and consignors still owe';
