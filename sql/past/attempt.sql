create view guarantee_past.attempt as
  select a.* from guarantee.attempt a where a.attempted_at <= (select guarantee_past.known_at());
comment on view guarantee_past.attempt is 'The refused attempts as far as they were known; they are no events, so the day of the books does not narrow them';
