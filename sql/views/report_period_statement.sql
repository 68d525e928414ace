create function guarantee_api.report_period_statement(
  account text default null, dispute text default null, guarantor text default null, from_date date default null, to_date date default null,
  since date default null, first bigint default null)
returns table ("on" date, key text, event text, account text, reference text, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  with line as materialized (
    select l.*
      from guarantee_api.statement_lines(
        report_period_statement.account, report_period_statement.dispute, report_period_statement.guarantor,
        greatest(report_period_statement.from_date, report_period_statement.since), report_period_statement.to_date, report_period_statement.first) l
  ), edge as (
    select 0 as part, report_period_statement.from_date as "on", 'opening_balance' as event, report_period_statement.from_date - 1 as through
     where report_period_statement.from_date is not null
    union all
    select 2, coalesce(report_period_statement.to_date, guarantee_api.today()), 'closing_balance', report_period_statement.to_date
     -- Not while there are more lines than are wanted.
     where coalesce((select count(*) from line l where coalesce(l."on" > report_period_statement.since, true)) < report_period_statement.first, true)
  )
  select x."on", x.key, x.event, x.account, x.reference, x.debit, x.credit, x.balance
    from (
      select 1 as part, l."on", l.key, l.event, l.account_name as account, l.reference, l.line, l.debit, l.credit, l.balance from line l
      union all
      select g.part, g."on", '', g.event, a.account, null, null, null, null,
             guarantee_api.money(b.balance, c.minor_digits)
        from edge g
       cross join lateral (
          select h.account_id, h.currency, h.name as account
            from guarantee_api.statement_accounts(
              report_period_statement.account, report_period_statement.dispute, report_period_statement.guarantor, report_period_statement.to_date) h
           order by h.name
           limit case when report_period_statement.since is null then report_period_statement.first end
        ) a
        join guarantee.currency c on c.currency = a.currency
        cross join lateral guarantee_api.balance_through(a.account_id, g.through) b
       where coalesce(g."on" >= report_period_statement.since, true)
    ) x
   order by x.part, x."on", x.key, x.event, x.account, x.line
$$;
comment on function guarantee_api.report_period_statement(text, text, text, date, date, date, bigint) is
  'The entries of an account, a dispute or a guarantor in a period, with what each account had before them and what it had after them; since: of this day or a later one, and all of it, whatever first is';
