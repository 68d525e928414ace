create view guarantee_past.pending as
  select p.key, p.proposed_at, p.proposed_by, p.office, p.dispute, p.currency, p.amount, p.fields,
         case when p.decided_at <= (select guarantee_past.known_at()) then p.decision end as decision
    from guarantee.pending p
   where p.proposed_at <= (select guarantee_past.known_at()) and (p.fields ->> 'on')::date <= (select guarantee_past.as_of());
comment on view guarantee_past.pending is 'What was proposed by then, and what had been decided of it';
