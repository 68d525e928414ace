create function guarantee_api.report_reconciliation(
  office text default null, currency text default null, as_of date default null, known_at timestamptz default null)
returns table (office text, currency text, item text, reason text, "on" date, age_days integer, amount numeric, balance numeric,
               key text, line bigint, reference text, counterparty text, match bigint, note text)
language sql stable as $$
  with held as materialized (
    -- The latest statement says what the bank holds; a day within it, its opening and the lines until then.
    select b.office, b.currency, sum(x.closing) as balance, max(x.closes_on) as closes_on
      from guarantee.bank_account b
      cross join lateral (
        select s.opening + coalesce((
                 select sum(l.amount) from guarantee.bank_line l
                  where l.account = s.account and l.currency = s.currency and l."position" = s."position" and l.booked_on <= t.as_of), 0) as closing,
               s.closes_on
          from guarantee.bank_statement s,
               lateral (select coalesce(report_reconciliation.as_of, 'infinity') as as_of) t
         where s.account = b.account and s.currency = b.currency and s.opens_on <= t.as_of
           and s.imported_at <= coalesce(report_reconciliation.known_at, 'infinity')
         order by s."position" desc limit 1
      ) x
     where (report_reconciliation.office is null or b.office = report_reconciliation.office)
       and (report_reconciliation.currency is null or b.currency = report_reconciliation.currency)
     group by b.office, b.currency
  ), asked as materialized (
    select h.*, coalesce(report_reconciliation.as_of, h.closes_on) as as_of, c.minor_digits
      from held h join guarantee.currency c on c.currency = h.currency
  ), rows as (
    select a.office, a.currency, 0 as rank, 'ledger_balance' as item, null as reason, a.as_of as "on", coalesce((
             select sum(n.amount)
               from guarantee.account x
               join guarantee.entry n on n.account_id = x.account_id
               join guarantee.event e on e.office = n.office and e.sequence = n.sequence
              where x.office = a.office and x.currency = a.currency and x.role = 'bank' and e."on" <= a.as_of
                and e.recorded_at <= coalesce(report_reconciliation.known_at, 'infinity')), 0) as amount,
           null as key, null::bigint as line, null as reference, null as counterparty, null::bigint as match, null as note
      from asked a
     union all
    select d.*
      from (select distinct a.as_of from asked a) t
      cross join lateral guarantee_api.bank_differences(t.as_of, coalesce(report_reconciliation.known_at, 'infinity')) d
      join asked a on a.office = d.office and a.currency = d.currency and a.as_of = t.as_of
  ), added as (
    select r.*, sum(r.amount) over (partition by r.office, r.currency
             order by r.rank, r."on", r.line, r.key, r.match rows unbounded preceding) as balance
      from rows r
  ), closed as (
    select * from added
     union all
    -- Named as well when something should ever be left: then one of the rules above is wrong.
    select a.office, a.currency, 5, 'unexplained', null, a.as_of, a.balance - x.balance, null, null, null, null, null, null, a.balance
      from asked a
      join (select r.office, r.currency, sum(r.amount) as balance from rows r group by r.office, r.currency) x
        on x.office = a.office and x.currency = a.currency
     where x.balance <> a.balance
     union all
    select a.office, a.currency, 6, 'bank_balance', null, a.as_of, a.balance, null, null, null, null, null, null, a.balance from asked a
  )
  select c.office, c.currency, c.item, c.reason, c."on",
         case when c.rank between 1 and 4 then a.as_of - c."on" end,
         guarantee_api.money(c.amount, a.minor_digits), guarantee_api.money(c.balance, a.minor_digits),
         c.key, c.line, c.reference, c.counterparty, c.match, c.note
    from closed c
    join asked a on a.office = c.office and a.currency = c.currency
   order by c.office, c.currency, c.rank, c."on", c.line, c.key, c.match
$$;
comment on function guarantee_api.report_reconciliation(text, text, date, timestamptz) is
  'Bridges the ledger''s balance of each custody account to the bank''s, on the last statement''s day or as of another: every difference a line with its age and reason, and the balance after it';
