create function guarantee_api.report_exposure(office text default null, guarantor text default null)
returns table (office text, guarantor text, currency text, facility numeric, held numeric, frozen numeric, undertaken numeric, called numeric,
               exposure numeric, available numeric, funds numeric)
language sql stable as $$
  select coalesce(s.office, f.office), coalesce(s.guarantor, f.guarantor), c.currency,
         guarantee_api.money(f.amount, c.minor_digits),
         guarantee_api.money(coalesce(s.held, 0), c.minor_digits), guarantee_api.money(coalesce(s.frozen, 0), c.minor_digits),
         guarantee_api.money(coalesce(s.undertaken, 0), c.minor_digits), guarantee_api.money(coalesce(s.called, 0), c.minor_digits),
         guarantee_api.money(coalesce(s.exposure, 0), c.minor_digits),
         guarantee_api.money(f.amount - coalesce(s.exposure, 0), c.minor_digits),
         guarantee_api.money(coalesce(s.funds, 0), c.minor_digits)
    from (
      select p.office, p.guarantor, p.currency,
             sum(p.balance) filter (where 'held' = any(r.measures)) as held,
             sum(p.balance) filter (where 'frozen' = any(r.measures)) as frozen,
             sum(p.balance) filter (where 'undertaken' = any(r.measures)) as undertaken,
             sum(p.balance) filter (where 'called' = any(r.measures)) as called,
             sum(p.balance) filter (where r.measures && '{held,frozen,undertaken,called}') as exposure,
             sum(p.balance) filter (where 'funds' = any(r.measures)) as funds
        from guarantee_api.position p
        join guarantee.account_role r on r.role = p.role and r.measures && '{held,frozen,undertaken,called,funds}'
       where (report_exposure.office is null or p.office = report_exposure.office)
         and (report_exposure.guarantor is null or p.guarantor = report_exposure.guarantor)
       group by p.office, p.guarantor, p.currency
    ) s
    full join (
      select * from guarantee.facility f
       where (report_exposure.office is null or f.office = report_exposure.office)
         and (report_exposure.guarantor is null or f.guarantor = report_exposure.guarantor)
    ) f on f.office = s.office and f.guarantor = s.guarantor and f.currency = s.currency
    join guarantee.currency c on c.currency = coalesce(s.currency, f.currency)
   order by 1, 2, 3
$$;
comment on function guarantee_api.report_exposure(text, text) is
  'What each guarantor stands for against the facility last granted, and its cash in custody that is not committed; no facility, no limit shown';
