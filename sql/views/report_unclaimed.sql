create function guarantee_api.report_unclaimed(office text default null)
returns table (office text, role text, dispute text, currency text,
               days_0_30 numeric, days_31_90 numeric, days_91_180 numeric, days_181_365 numeric, over_365 numeric)
language sql stable as $$
  select u.office, u.role, u.dispute, u.currency,
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age <= 30), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 31 and 90), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 91 and 180), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age between 181 and 365), 0), u.minor_digits),
         guarantee_api.money(coalesce(sum(u.amount) filter (where u.age > 365), 0), u.minor_digits)
    from guarantee_api.open_items('unclaimed', report_unclaimed.office, null) u
   group by u.office, u.role, u.dispute, u.currency, u.minor_digits
   order by u.office, u.role, u.dispute, u.currency
$$;
comment on function guarantee_api.report_unclaimed(text) is 'What lies in custody for people who have not come for it, or of whom nothing is known, by days since it was put there';
