create view guarantee_api.bank_apart as
  select distinct p.line, q.key
    from guarantee.bank_match m
    join guarantee.bank_match_part p on p.match = m.match and p.line is not null
    join guarantee.bank_match_part q on q.match = m.match and q.key is not null
   where m.undone_at is not null and m.undone_for is null;
comment on view guarantee_api.bank_apart is 'Lines and entries that a person has taken apart, whom no rule contradicts';
