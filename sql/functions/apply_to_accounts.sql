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
  ), s as materialized (
    select m.office, m.role, m.guarantor, m.currency, sum(m.delta) as delta
      from m where m.dispute <> '' group by m.office, m.role, m.guarantor, m.currency
  ), added as (
    update guarantee.total t set balance = t.balance + s.delta from s
     where t.office = s.office and t.role = s.role and t.guarantor = s.guarantor and t.currency = s.currency
  )
  insert into guarantee.total (office, role, guarantor, currency, balance)
  select s.office, s.role, s.guarantor, s.currency, s.delta
    from s
   where not exists (
     select from guarantee.total t where t.office = s.office and t.role = s.role and t.guarantor = s.guarantor and t.currency = s.currency);
end
$$;
comment on function guarantee_api.apply_to_accounts(guarantee_api.verdict[]) is
  'Opens accounts on their first use and moves balances, and the totals of those of disputes; account_floor holds whatever was judged';
