create view guarantee_past.bank_line as
  select l.*
    from guarantee.bank_line l
    join guarantee_past.bank_statement s on s.account = l.account and s.currency = l.currency and s."position" = l."position"
   where l.booked_on <= (select guarantee_past.as_of());
comment on view guarantee_past.bank_line is 'The lines of those statements until that day';
