create function guarantee_api.report_journal(
  office text default null, dispute text default null, from_date date default null, to_date date default null)
returns table ("on" date, office text, sequence bigint, line smallint, key text, event text, account text, debit numeric, credit numeric,
               reference text, recorded_at timestamptz, recorded_by text, approved_by text)
language sql stable as $$
  select f."on", f.office, f.sequence, n.line, n.key, e.event,
         a.name,
         case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end,
         e.fields ->> 'reference', e.recorded_at, e.recorded_by, e.approved_by
    from guarantee.entry f
    join guarantee.entry n on n.office = f.office and n.sequence = f.sequence
    join guarantee.event e on e.office = f.office and e.sequence = f.sequence
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.currency c on c.currency = a.currency
   -- Events in the order of their first entries, which entry_first_dated has.
   where f.line = 1
     and (report_journal.office is null or f.office = report_journal.office)
     and (report_journal.dispute is null or e.dispute = report_journal.dispute)
     and (report_journal.from_date is null or f."on" >= report_journal.from_date)
     and (report_journal.to_date is null or f."on" <= report_journal.to_date)
   order by f."on", f.office, f.sequence, n.line
$$;
comment on function guarantee_api.report_journal(text, text, date, date) is
  'All entries of a period by date, those of a day in the order in which each office recorded them';
