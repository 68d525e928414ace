create view guarantee_past.attempt as
  select a.* from guarantee.attempt a where a.attempted_at <= (select guarantee_past.known_at());
comment on view guarantee_past.attempt is 'What had been refused by then';
