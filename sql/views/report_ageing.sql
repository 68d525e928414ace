create function guarantee_api.report_ageing(office text default null, guarantor text default null)
returns table (office text, guarantor text, currency text, days_0_30 numeric, days_31_90 numeric, days_91_180 numeric, days_181_365 numeric, over_365 numeric)
language sql stable as $$
  -- What is paid or given up settles the oldest calls first, so what is unpaid is the latest of what was called.
  with call as (
    select a.office, a.guarantor, a.currency, guarantee_api.today() - n."on" as age,
           least(n.amount, greatest(a.balance - coalesce(sum(n.amount) over (
             partition by a.account_id order by n."on" desc, n.version desc rows between unbounded preceding and 1 preceding), 0), 0)) as unpaid
      from guarantee.account a
      join guarantee.account_role r on r.role = a.role and 'called' = any(r.measures)
      join guarantee.entry n on n.account_id = a.account_id and n.amount * r.normal_side > 0
     where not a.is_zero
       and (report_ageing.office is null or a.office = report_ageing.office)
       and (report_ageing.guarantor is null or a.guarantor = report_ageing.guarantor)
  )
  select u.office, u.guarantor, u.currency,
         guarantee_api.money(coalesce(sum(u.unpaid) filter (where u.age <= 30), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(u.unpaid) filter (where u.age between 31 and 90), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(u.unpaid) filter (where u.age between 91 and 180), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(u.unpaid) filter (where u.age between 181 and 365), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(u.unpaid) filter (where u.age > 365), 0), c.minor_digits)
    from call u
    join guarantee.currency c on c.currency = u.currency
   where u.unpaid > 0
   group by u.office, u.guarantor, u.currency, c.minor_digits
   order by u.office, u.guarantor, u.currency
$$;
comment on function guarantee_api.report_ageing(text, text) is 'Calls that guarantors have not paid (Guarantee Regulations art. 18), by days since they were called';
