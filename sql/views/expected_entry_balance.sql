create view guarantee_api.expected_entry_balance as
  select n.account_id, n.office, n.sequence, n.line,
         e."on", e.key, a.guarantor,
         row_number() over so_far as version, sum(n.amount * r.normal_side) over so_far as balance
    from guarantee.entry n
    join guarantee.event e on e.office = n.office and e.sequence = n.sequence
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.account_role r on r.role = a.role
  window so_far as (partition by n.account_id order by n.sequence, n.line);
comment on view guarantee_api.expected_entry_balance is 'Each entry''s number in its account and the balance after it';
