create function guarantee_api.touches_of(proposals guarantee_api.proposal[]) returns guarantee_api.touch[]
language plpgsql stable as $$
begin
  return (
    with proposed as materialized (
      -- A dispute may be in the office where it is, or in one where the batch would open it.
      select e.*, t.reads, t.effects, t.subject = 'calendar' as sets_calendar,
             array_append(array_agg(e.office) filter (where e.office is not null) over (partition by e.dispute), d.office) as homes
        from unnest(proposals) e
        join guarantee.event_type t on t.event = e.event
        left join lateral (select x.office from guarantee.dispute x where x.dispute = e.dispute offset 0) d on true
    ), named as (
      select e.position, 'dispute:' || e.dispute as resource, true as exclusive from proposed e where e.dispute is not null
      union all
      select e.position, 'office:' || e.office, 'register' = any(e.steps) and e.guarantor is null from proposed e where e.office is not null
      union all
      select e.position, 'office:' || home, false from proposed e cross join unnest(e.homes) home where e.dispute is not null and home is not null
      union all
      select e.position, 'calendar', e.sets_calendar from proposed e where e.sets_calendar or 'deadlines' = any(e.reads)
      union all
      select e.position, 'facility:' || home || ':' || e.guarantor, false from proposed e cross join unnest(e.homes) home
       where 'facility' = any(e.reads) and e.dispute is not null and home is not null
      union all
      select e.position, 'facility:' || e.office || ':' || e.guarantor, true from proposed e where 'grants_facility' = any(e.effects)
      union all
      select e.position, case when 'recordal' in (f.refers_to, f.adds_to) then 'recordal:' else 'party:' end || (e.fields ->> f.field), f.adds_to is not null
        from proposed e
        join guarantee.event_field f on f.event = e.event
       where e.fields ? f.field
         and (f.refers_to in ('recordal', 'right_holder', 'consignor', 'guarantor') or f.adds_to in ('recordal', 'party'))
    )
    select array_agg((position, hashtextextended(resource, 0), exclusive)::guarantee_api.touch)
      from (select position, resource, bool_or(exclusive) as exclusive from named group by position, resource) once
  );
end
$$;
comment on function guarantee_api.touches_of(guarantee_api.proposal[]) is
  'What the events of a batch read (shared) and change (exclusive) besides money: disputes, offices, parties, recordals, facilities, the calendar';
