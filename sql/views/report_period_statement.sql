create function guarantee_api.report_period_statement(
  account text default null, dispute text default null, guarantor text default null, from_date date default null, to_date date default null)
returns table ("on" date, key text, event text, account text, reference text, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  with line as (
    select n.office, n.sequence, n.line, n.key, n."on", n.amount, n.amount * r.normal_side as effect, c.minor_digits,
           guarantee_api.account_name(a.office, a.role, a.dispute, a.guarantor, a.currency) as account,
           sum(n.amount * r.normal_side) over (partition by n.account_id order by n."on", n.key, n.line) as balance
      from guarantee_api.statement_entries(
             report_period_statement.account, report_period_statement.dispute, report_period_statement.guarantor, null) n
      join guarantee.account a on a.account_id = n.account_id
      join guarantee.account_role r on r.role = a.role
      join guarantee.currency c on c.currency = a.currency
     where report_period_statement.to_date is null or n."on" <= report_period_statement.to_date
  )
  select x."on", x.key, x.event, x.account, x.reference,
         case when x.amount > 0 then guarantee_api.money(x.amount, x.minor_digits) end,
         case when x.amount < 0 then guarantee_api.money(-x.amount, x.minor_digits) end,
         guarantee_api.money(x.balance, x.minor_digits)
    from (
      select 1 as part, l."on", l.key, e.event, l.account, e.fields ->> 'reference' as reference, l.amount, l.line, l.balance, l.minor_digits
        from line l
        join guarantee.event e on e.office = l.office and e.sequence = l.sequence
       where report_period_statement.from_date is null or l."on" >= report_period_statement.from_date
      union all
      select 0, report_period_statement.from_date, '', 'opening_balance', l.account, null, null, null,
             coalesce(sum(l.effect) filter (where l."on" < report_period_statement.from_date), 0), l.minor_digits
        from line l where report_period_statement.from_date is not null group by l.account, l.minor_digits
      union all
      select 2, coalesce(report_period_statement.to_date, guarantee_api.today()), '', 'closing_balance', l.account, null, null, null,
             sum(l.effect), l.minor_digits
        from line l group by l.account, l.minor_digits
    ) x
   order by x.part, x."on", x.key, x.event, x.account, x.line
$$;
comment on function guarantee_api.report_period_statement(text, text, text, date, date) is
  'The entries of an account, a dispute or a guarantor in a period, with what each account had before them and what it had after them';
