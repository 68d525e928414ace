create view guarantee_api.expected_account as
  select a.office, a.role, a.dispute, a.guarantor, a.currency,
         coalesce(sum(n.amount) * r.normal_side, 0) as balance, count(n.amount) as version
    from guarantee.account a
    join guarantee.account_role r on r.role = a.role
    left join guarantee.entry n on n.account_id = a.account_id
   group by a.account_id, r.normal_side;
comment on view guarantee_api.expected_account is 'Balances from the entries up';
