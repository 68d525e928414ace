create view guarantee_past.account as
  select a.account_id, a.office, a.role, a.dispute, a.guarantor, a.currency, a.balance::bigint as balance, a.version, a.balance = 0 as is_zero, a.name
    from guarantee_past.expected_account a;
comment on view guarantee_past.account is 'The accounts that had entries then, with what the entries came to';
