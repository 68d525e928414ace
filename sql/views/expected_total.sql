create view guarantee_api.expected_total as
  select office, role, guarantor, currency, sum(balance) as balance
    from guarantee.account
   where dispute <> ''
   group by office, role, guarantor, currency;
comment on view guarantee_api.expected_total is 'What the accounts of all disputes come to by their balances';
