create view guarantee_past.event as
  select e.*
    from guarantee.event e
   where e.recorded_at <= (select guarantee_past.known_at()) and e."on" <= (select guarantee_past.as_of());
comment on view guarantee_past.event is 'The journal as far as it was known then, and dated until then';
