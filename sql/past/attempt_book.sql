create view guarantee_past.attempt_book as
  select distinct on (a.office) a.office, a.number, a.attempted_at, a.hash from guarantee_past.attempt a order by a.office, a.number desc;
comment on view guarantee_past.attempt_book is 'How far each office''s refused attempts went then';
