create view guarantee_api.turnover as
  select f."on", f.office, r.role, f.currency, r.ledger, r.measures, side.amount * r.normal_side as effect
    from guarantee.flow f
    cross join lateral (values (f.debit_role, f.amount), (f.credit_role, -f.amount)) side (role, amount)
    join guarantee.account_role r on r.role = side.role;
comment on view guarantee_api.turnover is 'What each day''s flows did to either kind of account, on its normal side';
