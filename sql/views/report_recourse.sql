create function guarantee_api.report_recourse(office text default null, guarantor text default null)
returns table (office text, guarantor text, dispute text, currency text,
               days_0_30 numeric, days_31_90 numeric, days_91_180 numeric, days_181_365 numeric, over_365 numeric)
language sql stable as $$
  select u.office, u.guarantor, u.dispute, u.currency,
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age <= 30), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 31 and 90), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 91 and 180), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 181 and 365), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age > 365), 0), u.minor_digits)
    from guarantee_api.open_items('recourse', report_recourse.office, report_recourse.guarantor) u
   group by u.office, u.guarantor, u.dispute, u.currency, u.minor_digits
   order by u.office, u.guarantor, u.dispute, u.currency
$$;
comment on function guarantee_api.report_recourse(text, text) is 'What guarantors may claim back from consignors and have not been paid, by days since it was claimed';
