create view guarantee_api.bank_custody_entry as
  select e.key, a.office, a.currency, n.amount
    from guarantee.event e
    join guarantee.entry n on n.office = e.office and n.sequence = e.sequence
    join guarantee.account a on a.account_id = n.account_id and a.role = 'bank';
comment on view guarantee_api.bank_custody_entry is 'Entries on custody accounts by their events'' keys, which is how matches name them';
