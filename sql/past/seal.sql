create view guarantee_past.seal as
  select s.* from guarantee.seal s where s.kept_at <= (select guarantee_past.known_at());
comment on view guarantee_past.seal is 'The seals that were kept by then: one that was being signed was not known yet, whatever time it has';
