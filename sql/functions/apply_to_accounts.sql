create function guarantee_api.apply_to_accounts(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  with m as materialized (
    select l.account_id, v.office, l.role, l.dispute, l.guarantor, l.currency, sum(l.delta) as delta, count(*) as lines
      from unnest(verdicts) v cross join unnest(v.lines) l
     group by l.account_id, v.office, l.role, l.dispute, l.guarantor, l.currency
  ), opened as (
    insert into guarantee.account (office, role, dispute, guarantor, currency, balance, version)
    select m.office, m.role, m.dispute, m.guarantor, m.currency, m.delta, m.lines from m where m.account_id is null
  ), moved as (
    update guarantee.account a set balance = a.balance + m.delta, version = a.version + m.lines from m where a.account_id = m.account_id
  )
  insert into guarantee.total (office, role, guarantor, currency, balance)
  select s.office, s.role, s.guarantor, s.currency, coalesce(t.balance, 0) + s.delta
    from (
      select m.office, m.role, m.guarantor, m.currency, sum(m.delta) as delta
        from m where m.dispute <> '' group by m.office, m.role, m.guarantor, m.currency
      offset 0
    ) s
    left join lateral (
      select x.balance from guarantee.total x
       where x.office = s.office and x.role = s.role and x.guarantor = s.guarantor and x.currency = s.currency
      offset 0
    ) t on true
  on conflict (office, role, guarantor, currency) do update set balance = excluded.balance;
end
$$;
comment on function guarantee_api.apply_to_accounts(guarantee_api.verdict[]) is
  'Opens accounts on their first use and moves balances, and the totals of those of disputes; account_floor holds whatever was judged';
