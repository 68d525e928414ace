create function guarantee_api.report_movements(office text default null, from_date date default null, to_date date default null)
returns table (office text, role text, currency text, opening numeric, "in" numeric, "out" numeric, closing numeric, ledger text)
language sql stable as $$
  select s.office, s.role, s.currency, guarantee_api.money(s.opening, c.minor_digits), guarantee_api.money(s.added, c.minor_digits),
         guarantee_api.money(s.taken, c.minor_digits), guarantee_api.money(s.opening + s.added - s.taken, c.minor_digits), s.ledger
    from (
      select m.office, m.role, m.currency, m.ledger,
             coalesce(sum(m.effect) filter (where m."on" < report_movements.from_date), 0) as opening,
             coalesce(sum(m.effect) filter (where m.effect > 0 and coalesce(m."on" >= report_movements.from_date, true)), 0) as added,
             coalesce(sum(-m.effect) filter (where m.effect < 0 and coalesce(m."on" >= report_movements.from_date, true)), 0) as taken
        from guarantee_api.turnover m
       where (report_movements.office is null or m.office = report_movements.office)
         and (report_movements.to_date is null or m."on" <= report_movements.to_date)
       group by m.office, m.role, m.currency, m.ledger
    ) s
    join guarantee.currency c on c.currency = s.currency
   order by s.office, s.role, s.currency
$$;
comment on function guarantee_api.report_movements(text, date, date) is
  'What each kind of account had at the beginning of a period, what came in and went out by date, and what it had at the end, on its normal side';
