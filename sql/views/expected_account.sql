create view guarantee_api.expected_account as
  select a.account_id, a.office, a.role, a.dispute, a.guarantor, a.currency, a.name, sum(n.amount) * r.normal_side as balance, count(*) as version
    from guarantee.entry n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.account_role r on r.role = a.role
   group by a.account_id, r.normal_side;
comment on view guarantee_api.expected_account is 'Balances from the entries up';
