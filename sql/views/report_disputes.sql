create function guarantee_api.report_disputes(
  office text default null, dispute text default null, guarantor text default null, stage text default null)
returns table (dispute text, office text, stage text, outcome text, currency text, goods_value numeric, conditionally_released numeric,
               cover numeric, award numeric, drawn numeric, procedure text, right_holder text, consignor text, stage_since date)
language sql stable as $$
  select d.dispute, d.office, d.stage, d.outcome, d.currency,
         guarantee_api.money(g.value, c.minor_digits), guarantee_api.money(g.released, c.minor_digits),
         guarantee_api.money(a.cover, c.minor_digits), guarantee_api.money(d.award, c.minor_digits),
         guarantee_api.money(p.drawn, c.minor_digits), d.procedure, d.right_holder, d.consignor, d.stage_since
    from (
      -- Many are read from the table and no query of its own, so that a first page is planned as one.
      select true as are_many, x.* from guarantee.dispute x
      union all
      select false, x.* from guarantee_api.disputes_among(report_disputes.guarantor, report_disputes.stage) x
    ) d
    join guarantee.currency c on c.currency = d.currency
    cross join (select guarantee_api.today() as today) t
    cross join lateral guarantee_api.goods_of(d.dispute) g
    cross join lateral guarantee_api.accounts_of(d.office, d.dispute, null, t.today) a
    cross join lateral guarantee_api.positions_of(d.dispute) p
   where d.are_many = (report_disputes.guarantor is null and (report_disputes.stage is null or guarantee_api.is_final(report_disputes.stage)))
     and (report_disputes.stage is null or d.stage = report_disputes.stage)
     and (report_disputes.office is null or d.office = report_disputes.office)
     and (report_disputes.dispute is null or d.dispute = report_disputes.dispute)
   order by d.dispute
$$;
comment on function guarantee_api.report_disputes(text, text, text, text) is
  'Where each dispute stands; cover is what is in force today';
