create view guarantee_api.expected_deadline as
  select x.dispute, x.deadline, x.starts, x.procedure, x.starts_on, x.met_on, x.office, x.met_on is null and x.active as active
    from (
      select distinct on (e.dispute, r.deadline) e.dispute, r.deadline, r.starts, r.procedure, e."on" as starts_on, d.office, d.active,
             (select m."on" from guarantee.event m
               where m.dispute = e.dispute and m.sequence > e.sequence and m.event = any(r.stops) order by m.sequence limit 1) as met_on
        from guarantee.event e
        join guarantee.dispute d on d.dispute = e.dispute
        join guarantee.deadline_rule r on r.starts = e.event and r.procedure in ('', d.procedure)
       order by e.dispute, r.deadline, e.sequence
    ) x;
comment on view guarantee_api.expected_deadline is 'When each period began and was met by the events: the first that starts it, and the first after that stops it';
