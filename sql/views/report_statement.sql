create function guarantee_api.report_statement(
  account text default null, dispute text default null, guarantor text default null, since date default null, first bigint default null)
returns table ("on" date, key text, event text, account text, reference text, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  select l."on", l.key, l.event, l.account_name, l.reference, l.debit, l.credit, l.balance
    from guarantee_api.statement_lines(
      report_statement.account, report_statement.dispute, report_statement.guarantor, report_statement.since, null, report_statement.first) l
   order by l."on", l.key, l.event, l.account_name, l.line
$$;
comment on function guarantee_api.report_statement(text, text, text, date, bigint) is
  'Entries of an account, a dispute or a guarantor by date, with each account''s balance on its normal side after them in that order; since: from this day on, and all of it, whatever first is';
