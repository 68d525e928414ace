create function guarantee_api.report_statement(
  account text default null, dispute text default null, guarantor text default null, first bigint default null)
returns table ("on" date, key text, event text, account text, reference text, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  select s."on", s.key, e.event, s.account, e.fields ->> 'reference',
         case when s.amount > 0 then guarantee_api.money(s.amount, s.minor_digits) end,
         case when s.amount < 0 then guarantee_api.money(-s.amount, s.minor_digits) end,
         guarantee_api.money(s.balance, s.minor_digits)
    from (
      select n.*, guarantee_api.account_name(a.office, a.role, a.dispute, a.guarantor, a.currency) as account, c.minor_digits,
             sum(n.amount * r.normal_side) over (partition by n.account_id order by n."on", n.key, n.line) as balance
        from (
          select n.office, n.sequence, n.line, n.account_id, n.amount, n."on", n.key from guarantee_api.statement_entries(
            report_statement.account, report_statement.dispute, report_statement.guarantor, report_statement.first) n
        ) n
        join guarantee.account a on a.account_id = n.account_id
        join guarantee.account_role r on r.role = a.role
        join guarantee.currency c on c.currency = a.currency
       order by n."on", n.key, 8, n.line
       limit report_statement.first
    ) s
    join guarantee.event e on e.office = s.office and e.sequence = s.sequence
   order by s."on", s.key, e.event, s.account, s.line
$$;
comment on function guarantee_api.report_statement(text, text, text, bigint) is
  'Entries of an account, a dispute or a guarantor by date, with each account''s balance on its normal side after them in that order';
