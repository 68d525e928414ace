create view guarantee_past.closing as
  select c.* from guarantee.closing c
    join guarantee_past.event e on e.office = c.office and e.sequence = c.sequence;
comment on view guarantee_past.closing is 'The closings whose events were known then, and are dated until then: none of them is ever made anew';
