create function guarantee_api.apply_to_accounts(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.account (office, role, dispute, guarantor, currency, balance, version)
  select m.office, m.role, m.dispute, m.guarantor, m.currency, coalesce(a.balance, 0) + m.delta, coalesce(a.version, 0) + m.lines
    from (
      select v.office, l.role, l.dispute, l.guarantor, l.currency, sum(l.delta) as delta, count(*) as lines
        from unnest(verdicts) v cross join unnest(v.lines) l
       group by v.office, l.role, l.dispute, l.guarantor, l.currency
      offset 0
    ) m
    left join lateral (
      select x.balance, x.version from guarantee.account x
       where x.office = m.office and x.dispute = m.dispute and x.role = m.role and x.guarantor = m.guarantor and x.currency = m.currency
      offset 0
    ) a on true
  on conflict (office, dispute, role, guarantor, currency) do update set balance = excluded.balance, version = excluded.version;
end
$$;
comment on function guarantee_api.apply_to_accounts(guarantee_api.verdict[]) is 'Opens accounts on their first use and moves balances; account_floor holds whatever was judged';
