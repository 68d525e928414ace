create function guarantee_api.report_movements(office text default null, from_date date default null, to_date date default null)
returns table (office text, role text, currency text, opening numeric, "in" numeric, "out" numeric, closing numeric, ledger text)
language sql stable as $$
  select s.office, s.role, s.currency, guarantee_api.money(s.opening, c.minor_digits), guarantee_api.money(s.added, c.minor_digits),
         guarantee_api.money(s.taken, c.minor_digits), guarantee_api.money(s.opening + s.added - s.taken, c.minor_digits), s.ledger
    from (
      select a.office, a.role, a.currency, r.ledger,
             coalesce(sum(n.amount * r.normal_side) filter (where n."on" < report_movements.from_date), 0) as opening,
             coalesce(sum(n.amount * r.normal_side) filter (
               where n.amount * r.normal_side > 0 and coalesce(n."on" >= report_movements.from_date, true)), 0) as added,
             coalesce(sum(-n.amount * r.normal_side) filter (
               where n.amount * r.normal_side < 0 and coalesce(n."on" >= report_movements.from_date, true)), 0) as taken
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id
        join guarantee.account_role r on r.role = a.role
       where (report_movements.office is null or n.office = report_movements.office)
         and (report_movements.to_date is null or n."on" <= report_movements.to_date)
       group by a.office, a.role, a.currency, r.ledger
    ) s
    join guarantee.currency c on c.currency = s.currency
   order by s.office, s.role, s.currency
$$;
comment on function guarantee_api.report_movements(text, date, date) is
  'What each kind of account had at the beginning of a period, what came in and went out by date, and what it had at the end, on its normal side';
