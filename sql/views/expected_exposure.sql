create view guarantee_api.expected_exposure as
  select a.office, a.guarantor, who.consignor, a.currency, sum(n.amount * r.normal_side) as amount
    from guarantee.entry n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.account_role r on r.role = a.role and r.measures && '{held,frozen,undertaken,called}'
    join guarantee.dispute d on d.dispute = a.dispute
    cross join lateral (values (''), (d.consignor)) who (consignor)
   group by a.office, a.guarantor, who.consignor, a.currency;
comment on view guarantee_api.expected_exposure is 'What each guarantor stands for by the entries';
