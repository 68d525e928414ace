create view guarantee_api.actual_entry as
  select n.office, n.sequence, a.role, a.dispute, a.guarantor, a.currency, sum(n.amount) as amount
    from guarantee.entry n
    left join guarantee.account a on a.account_id = n.account_id
   group by n.office, n.sequence, a.role, a.dispute, a.guarantor, a.currency;
comment on view guarantee_api.actual_entry is 'The entries that are there, one for each event and account';
