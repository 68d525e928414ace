create view guarantee_past.bank_statement as
  select s.* from guarantee.bank_statement s
   where s.imported_at <= (select guarantee_past.known_at()) and s.opens_on <= (select guarantee_past.as_of());
comment on view guarantee_past.bank_statement is 'The bank''s statements that were known then and begin by that day';
