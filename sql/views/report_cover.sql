create function guarantee_api.report_cover(office text default null, from_date date default null, to_date date default null)
returns table (office text, currency text, month_end date, goods_out numeric, cash numeric, undertakings numeric)
language sql stable as $$
  with moved as (
    select t.office, t.currency, t."on", 0 as goods_out, case t.ledger when 'cash' then t.effect else 0 end as cash,
           case t.ledger when 'cash' then 0 else t.effect end as undertakings
      from guarantee_api.turnover t
     where t.measures && '{held,frozen,undertaken}'
    union all
    select g.office, g.currency, g."on", case g.lot_to when 'released_conditionally' then g.value else -g.value end, 0, 0
      from guarantee.goods_flow g
     where 'released_conditionally' in (g.lot_from, g.lot_to)
  ), months as (
    select m.office, m.currency, (date_trunc('month', m."on") + interval '1 month - 1 day')::date as month_end,
           sum(m.goods_out) as goods_out, sum(m.cash) as cash, sum(m.undertakings) as undertakings
      from moved m
     where (report_cover.office is null or m.office = report_cover.office)
       and (report_cover.to_date is null or m."on" <= report_cover.to_date)
     group by 1, 2, 3
  )
  select s.office, s.currency, s.month_end, guarantee_api.money(s.goods_out, c.minor_digits), guarantee_api.money(s.cash, c.minor_digits),
         guarantee_api.money(s.undertakings, c.minor_digits)
    from (
      select m.office, m.currency, m.month_end, sum(m.goods_out) over w as goods_out, sum(m.cash) over w as cash, sum(m.undertakings) over w as undertakings
        from months m
      window w as (partition by m.office, m.currency order by m.month_end)
    ) s
    join guarantee.currency c on c.currency = s.currency
   where report_cover.from_date is null or s.month_end >= report_cover.from_date
   order by s.office, s.currency, s.month_end
$$;
comment on function guarantee_api.report_cover(text, date, date) is
  'At the end of each month in which any of it changed: the value of the goods that are out against a counter-guarantee, the cash that is held and frozen, and the undertakings that are held, also those that have run out';
