create view guarantee_api.deadline_kind as
  select u.*, not exists (
           select from guarantee.dispute_transition m where m.event = u.starts and m.from_stage in (
             select n.to_stage from guarantee.dispute_transition n where n.outcome is not null)) as ends_with_decision
    from guarantee.deadline_rule u;
comment on view guarantee_api.deadline_kind is
  'deadlines.csv, and whether a period has no more effect once the dispute is decided: unless it starts with an event that comes after';
