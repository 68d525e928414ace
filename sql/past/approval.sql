create view guarantee_past.approval as
  select a.* from guarantee.approval a where a.approved_at <= (select guarantee_past.known_at());
comment on view guarantee_past.approval is 'The approvals that had been given by then';
