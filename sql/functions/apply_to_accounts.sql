create function guarantee_api.apply_to_accounts(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.account (office, role, dispute, guarantor, currency)
  select distinct v.office, l.role, l.dispute, l.guarantor, l.currency
    from unnest(verdicts) v cross join unnest(v.lines) l
   where l.account_id is null;

  update guarantee.account a set balance = a.balance + m.delta, version = a.version + m.lines
    from (select v.office, l.role, l.dispute, l.guarantor, l.currency, sum(l.delta) as delta, count(*) as lines
            from unnest(verdicts) v cross join unnest(v.lines) l
           group by v.office, l.role, l.dispute, l.guarantor, l.currency) m
   where a.office = m.office and a.role = m.role and a.dispute = m.dispute and a.guarantor = m.guarantor and a.currency = m.currency;
end
$$;
comment on function guarantee_api.apply_to_accounts(guarantee_api.verdict[]) is 'Opens accounts on their first use and moves balances; account_floor holds whatever was judged';
