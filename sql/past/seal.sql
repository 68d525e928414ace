create view guarantee_past.seal as
  select s.* from guarantee.seal s where s.sealed_at <= (select guarantee_past.known_at());
comment on view guarantee_past.seal is 'The seals that there were by then';
