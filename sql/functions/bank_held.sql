create function guarantee_api.bank_held(of_office text, of_currency text)
returns table (office text, currency text, minor_digits smallint, opens_on date, closes_on date, as_of date, opening numeric, closing numeric)
language sql stable as $$
  with statement as (
    select b.office, s.account, s.currency, s.closes_on, s.closing, row_number() over (partition by s.account, s.currency order by s."position" desc) as age,
           min(s.opens_on) over w as began_on, first_value(s.opening) over w as began_with
      from guarantee.bank_account b
      join guarantee.bank_statement s on s.account = b.account and s.currency = b.currency
     where (bank_held.of_office is null or b.office = bank_held.of_office)
       and (bank_held.of_currency is null or b.currency = bank_held.of_currency)
    window w as (partition by s.account, s.currency order by s."position" rows between unbounded preceding and unbounded following)
  )
  -- What the latest statement closes with is the bank's word; on a day before that it is what the lines until then come to.
  select x.office, x.currency, c.minor_digits, min(x.began_on), max(x.closes_on),
         case when isfinite(guarantee_api.as_of()) then guarantee_api.as_of() else max(x.closes_on) end,
         sum(x.began_with),
         sum(case when x.closes_on <= guarantee_api.as_of() then x.closing
                  else x.began_with + (select coalesce(sum(l.amount), 0) from guarantee.bank_line l where l.account = x.account and l.currency = x.currency) end)
    from statement x
    join guarantee.currency c on c.currency = x.currency
   where x.age = 1
   group by x.office, x.currency, c.minor_digits
$$;
comment on function guarantee_api.bank_held(text, text) is
  'What the bank holds for each office and currency, on which day, until which day that is known, and with what its first statement began, in minor units';
