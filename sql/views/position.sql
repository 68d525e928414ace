create view guarantee_api.position as
  select t.office, t.role, t.guarantor, t.currency, t.balance from guarantee.total t
  union all
  select a.office, a.role, a.guarantor, a.currency, a.balance from guarantee.account a where a.dispute = '';
comment on view guarantee_api.position is 'What each office and guarantor has in each kind of account, all disputes taken together';
