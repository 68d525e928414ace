create function guarantee_api.bank_chain(account text, currency text, first_day date, last_day date)
returns table (place bigint, "position" bigint, statement text, format text, is_last boolean, series text, reference text, booked_on date,
               amount bigint, before numeric)
language sql stable as $$
  with reach as (
    select min(s."position") filter (where s.closes_on >= bank_chain.first_day) as low,
           max(s."position") filter (where s.opens_on <= bank_chain.last_day) as high, max(s."position") as last
      from guarantee.bank_statement s where s.account = bank_chain.account and s.currency = bank_chain.currency
  )
  select row_number() over (order by l."position", l.line), s."position", s.statement, s.format, r.high = r.last, l.series, l.reference,
         l.booked_on, l.amount, s.opening + sum(l.amount) over (partition by l."position" order by l.line) - l.amount
    from reach r
    join guarantee.bank_statement s
      on s.account = bank_chain.account and s.currency = bank_chain.currency and s."position" between r.low and r.high
    join guarantee.bank_line l on l.account = s.account and l.currency = s.currency and l."position" = s."position"
$$;
comment on function guarantee_api.bank_chain(text, text, date, date) is
  'The lines that an account has from the first statement that reaches into the days to the last one, each with the balance before it; is_last says that no statement follows';
