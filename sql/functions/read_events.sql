create function guarantee_api.read_events(events jsonb) returns guarantee_api.proposal[]
language plpgsql stable as $$
begin
  return (
    select array_agg((
             e.position, e.fields ->> 'key', case when e.code is null then (e.fields ->> 'on')::date end, e.fields ->> 'event', e.fields,
             case when e.names_office then e.fields ->> 'office' end,
             case when e.of_dispute then e.fields ->> 'dispute' end,
             case when e.of_lot then e.fields ->> 'lot' end,
             e.fields ->> 'guarantor',
             case when e.code is null then (e.fields ->> 'amount')::numeric end,
             e.steps, e.subject, 1, e.code, e.detail)::guarantee_api.proposal)
      from (
        select r.position, coalesce((r.misfit).fields, r.fields) as fields, (r.misfit).code, (r.misfit).detail,
               r.names_office, r.of_dispute, r.of_lot, r.steps, r.subject
          from (
            select e.position::integer as position, e.fields, t.names_office, t.of_dispute, t.of_lot, t.steps, t.subject,
                   -- Whatever this quick look doesn't admit is looked at field by field.
                   case when e.fields @@ t.shape and e.fields - t.allowed = '{}' and guarantee_api.is_date(e.fields ->> 'on')
                         and length(e.fields ->> 'key') <= 64
                         and (pg_column_size(e.fields) < 260 or not exists (select from jsonb_each_text(e.fields) f where length(f.value) > 200))
                        then null
                        else guarantee_api.explain_shape(e.fields) end as misfit
              from jsonb_array_elements(events) with ordinality e (fields, position)
              left join lateral (select x.* from guarantee.event_type x where x.event = e.fields ->> 'event' offset 0) t on true
            offset 0
          ) r
      ) e
  );
end
$$;
comment on function guarantee_api.read_events(jsonb) is
  'Takes a batch apart. An event that its type''s shape doesn''t admit is looked at field by field, and comes with its result';
