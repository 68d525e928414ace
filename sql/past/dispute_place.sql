create view guarantee_past.dispute_place as
  with named as materialized (
    -- What the dispute's events name of the registers: parties by what they are.
    select distinct case when f.refers_to in ('right_holder', 'consignor', 'guarantor') then 'party' else f.refers_to end as register,
           e.fields ->> f.field as code
      from guarantee_past.event e
      join guarantee.event_field f on f.event = e.event and f.refers_to in ('party', 'right_holder', 'consignor', 'guarantor', 'recordal')
     where e.dispute = (select guarantee_past.pack_dispute())
    union
    select 'office', e.office from guarantee_past.event e where e.dispute = (select guarantee_past.pack_dispute())
  )
  select e.office, e.sequence, null as register, null as code
    from guarantee_past.event e
   where e.dispute = (select guarantee_past.pack_dispute())
  union all
  select e.office, e.sequence, f.adds_to, e.fields ->> f.field
    from guarantee.event_field f
    join guarantee_past.event e on e.event = f.event
    join named n on n.register = f.adds_to and n.code = e.fields ->> f.field
   where f.adds_to in ('office', 'party', 'recordal');
comment on view guarantee_past.dispute_place is
  'The events of the dispute that an audit pack is about, and those that registered what they name: register and code say what';
