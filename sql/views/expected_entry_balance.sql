create view guarantee_api.expected_entry_balance as
  select n.account_id, n.office, n.sequence, n.line, e."on", e.key, a.guarantor,
         row_number() over so_far as version, sum(n.amount * r.normal_side) over so_far as balance,
         n."on" as found_on, n.key as found_key, n.guarantor as found_guarantor, n.version as found_version, n.balance as found_balance
    from guarantee.entry n
    left join guarantee.event e on e.office = n.office and e.sequence = n.sequence
    left join guarantee.account a on a.account_id = n.account_id
    left join guarantee.account_role r on r.role = a.role
  window so_far as (partition by n.account_id order by n.sequence, n.line);
comment on view guarantee_api.expected_entry_balance is 'Each entry''s number in its account and the balance after it, its event''s date and key and its account''s guarantor, beside what it says';
