create function guarantee_api.post(entries guarantee_api.double_entry[]) returns void
language plpgsql as $$
begin
  insert into guarantee.entry (office, sequence, line, account_id, "on", key, guarantor, amount, version, balance)
  select s.office, s.sequence, s.line, a.account_id, s."on", s.key, s.guarantor, s.amount,
         a.version - count(*) over account + row_number() over so_far,
         a.balance - sum(s.delta) over account + sum(s.delta) over so_far
    from (
      select n.office, n.sequence, n."on", n.key, l.line, l.account_id, l.role, l.dispute, l.guarantor, l.currency, l.amount, l.delta
        from unnest(entries) n cross join unnest(n.lines) l
      offset 0
    ) s
    cross join lateral (
      -- One that was opened meanwhile has its number only now.
      select x.account_id, x.version, x.balance from guarantee.account x
       where x.account_id = coalesce(s.account_id, (
         select y.account_id from guarantee.account y
          where y.office = s.office and y.dispute = s.dispute and y.role = s.role and y.guarantor = s.guarantor and y.currency = s.currency))
      offset 0
    ) a
  window account as (partition by a.account_id),
         so_far as (partition by a.account_id order by s.sequence, s.line rows unbounded preceding);

  insert into guarantee.flow as f ("on", office, debit_role, credit_role, currency, amount, times)
  select e."on", e.office, side.debit_role, side.credit_role, e.currency, sum(e.amount), count(*)
    from (
      select n."on", n.office, (n.lines[1]).currency, abs((n.lines[1]).amount) as amount,
             array(select l.role from unnest(n.lines) l where l.amount > 0) as debit_roles,
             array(select l.role from unnest(n.lines) l where l.amount < 0) as credit_roles
        from unnest(entries) n
      offset 0
    ) e
    cross join unnest(e.debit_roles, e.credit_roles) side (debit_role, credit_role)
   group by e."on", e.office, side.debit_role, side.credit_role, e.currency
  on conflict ("on", office, debit_role, credit_role, currency) do update set amount = f.amount + excluded.amount, times = f.times + excluded.times;
end
$$;
comment on function guarantee_api.post(guarantee_api.double_entry[]) is 'Posts entries with the balances of their accounts as they run, which are moved already, and adds them to what went between kinds of account that day';
