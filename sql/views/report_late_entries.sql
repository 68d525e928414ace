create function guarantee_api.report_late_entries(
  office text default null, dispute text default null, from_date date default null, to_date date default null)
returns table ("on" date, recorded_at timestamptz, days_late integer, office text, sequence bigint, key text, event text, account text,
               debit numeric, credit numeric, recorded_by text)
language sql stable as $$
  select s."on", s.recorded_at, s.recorded_on - s."on", s.office, s.sequence, s.key, s.event, s.account,
         case when s.amount > 0 then guarantee_api.money(s.amount, s.minor_digits) end,
         case when s.amount < 0 then guarantee_api.money(-s.amount, s.minor_digits) end,
         s.recorded_by
    from (
      select f."on", e.recorded_at, (e.recorded_at at time zone z.time_zone)::date as recorded_on, f.office, f.sequence, n.line, n.key, e.event,
             a.name as account, n.amount, c.minor_digits, e.recorded_by
        from guarantee.entry f
        join guarantee.entry n on n.office = f.office and n.sequence = f.sequence
        join guarantee.event e on e.office = f.office and e.sequence = f.sequence
        join guarantee.account a on a.account_id = n.account_id
        join guarantee.currency c on c.currency = a.currency
        cross join guarantee.setting z
       -- Events in the order of their first entries, which entry_first_dated has.
       where f.line = 1
         and (report_late_entries.office is null or f.office = report_late_entries.office)
         and (report_late_entries.dispute is null or e.dispute = report_late_entries.dispute)
         and (report_late_entries.from_date is null or f."on" >= report_late_entries.from_date)
         and (report_late_entries.to_date is null or f."on" <= report_late_entries.to_date)
    ) s
   where s."on" < s.recorded_on
   order by s."on", s.recorded_at, s.office, s.sequence, s.account, s.line
$$;
comment on function guarantee_api.report_late_entries(text, text, date, date) is
  'Entries that were recorded on a later day than the one that they are dated, by the ledger''s zone';
