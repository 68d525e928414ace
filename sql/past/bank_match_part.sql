create view guarantee_past.bank_match_part as
  select p.match, p.part, p.line, p.key, m.undone_at is null as live
    from guarantee.bank_match_part p
    join guarantee_past.bank_match m on m.match = p.match;
comment on view guarantee_past.bank_match_part is 'What those matches hold, and whether they stood';
