create function guarantee_api.report_reconciliation(office text default null, currency text default null)
returns table (office text, currency text, item text, reason text, "on" date, age_days integer, amount numeric, balance numeric,
               key text, line bigint, reference text, counterparty text, match bigint, note text)
language sql stable set jit = off set work_mem = '64MB' as $$
  with held as materialized (
    select h.* from guarantee_api.bank_held(report_reconciliation.office, report_reconciliation.currency) h
  ), rows as (
    select h.office, h.currency, 0 as rank, 'ledger_balance' as item, null as reason, h.as_of as "on", coalesce(e.amount, 0) as amount,
           null as key, null::bigint as line, null as reference, null as counterparty, null::bigint as match, null as note
      from held h
      left join (
        select e.office, e.currency, sum(e.amount) as amount
          from guarantee_api.bank_entries(report_reconciliation.office, report_reconciliation.currency) e
         group by e.office, e.currency
      ) e on e.office = h.office and e.currency = h.currency
     union all
    select d.* from guarantee_api.bank_differences(report_reconciliation.office, report_reconciliation.currency) d
  ), added as (
    select r.*, sum(r.amount) over (partition by r.office, r.currency order by r.rank, r."on", r.line, r.key, r.match rows unbounded preceding) as balance
      from rows r
  ), closed as (
    select * from added
     union all
    -- Named as well when something should ever be left: then one of the rules above is wrong.
    select h.office, h.currency, 5, 'unexplained', null, h.as_of, h.closing - x.balance, null, null, null, null, null, null, h.closing
      from held h
      join (select r.office, r.currency, sum(r.amount) as balance from rows r group by r.office, r.currency) x
        on x.office = h.office and x.currency = h.currency
     where x.balance <> h.closing
     union all
    select h.office, h.currency, 6, 'bank_balance', null, least(h.as_of, h.closes_on), h.closing, null, null, null, null, null, null, h.closing from held h
  )
  select c.office, c.currency, c.item, c.reason, c."on",
         case when c.rank between 1 and 4 then h.as_of - c."on" end,
         guarantee_api.money(c.amount, h.minor_digits), guarantee_api.money(c.balance, h.minor_digits),
         c.key, c.line, c.reference, c.counterparty, c.match, c.note
    from closed c
    join held h on h.office = c.office and h.currency = c.currency
   order by c.office, c.currency, c.rank, c."on", c.line, c.key, c.match
$$;
comment on function guarantee_api.report_reconciliation(text, text) is
  'Bridges the ledger''s balance of each custody account to the bank''s, on the last statement''s day or as of another: every difference a line with its age and reason, and the balance after it';
