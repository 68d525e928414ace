create function guarantee_api.read_events(events jsonb) returns guarantee_api.proposal[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select array_agg((
             e.position, r.fields ->> 'key', case when r.code is null then (r.fields ->> 'on')::date end, r.fields ->> 'event', r.fields,
             case when t.names_office then r.fields ->> 'office' end,
             case when t.of_dispute then r.fields ->> 'dispute' end,
             case when t.of_lot then r.fields ->> 'lot' end,
             r.fields ->> 'guarantor',
             case when r.code is null then (r.fields ->> 'amount')::numeric end,
             t.steps, t.subject, 1, r.code, r.detail)::guarantee_api.proposal order by e.position)
      from (select position::integer, fields from jsonb_array_elements(events) with ordinality e (fields, position)) e
      left join guarantee.event_type t on t.event = e.fields ->> 'event'
      left join lateral guarantee_api.explain_shape(e.fields) x on
        not coalesce(e.fields @@ t.shape and e.fields - t.allowed = '{}' and pg_column_size(e.fields) < 4000, false)
      cross join lateral (select coalesce(x.fields, e.fields) as fields, x.code, x.detail) r
  );
end
$$;
comment on function guarantee_api.read_events(jsonb) is
  'Takes a batch apart. An event that its type''s shape doesn''t admit is looked at field by field, and comes with its result';
