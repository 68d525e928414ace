create function guarantee_api.explain_shape(fields jsonb) returns guarantee_api.misfit
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  wrong record;
begin
  if not exists (select from guarantee.event_type t where t.event = fields ->> 'event') then
    return (fields, 'unknown_event'::text, jsonb_build_object(
      'field', 'event', 'asked', left(coalesce(fields ->> 'event', ''), 80),
      'there', guarantee_api.nearest(coalesce(fields ->> 'event', ''), (select array_agg(t.event) from guarantee.event_type t))));
  end if;
  -- An empty value is an absent field.
  fields := (select jsonb_object_agg(f.key, f.value) from jsonb_each(fields) f where f.value not in ('""', 'null'));
  select v.code, v.field, v.asked, v.there into wrong
    from (
      select 1 as rank, 'missing_field' as code, f.ordinal, f.field, null as asked, null as there
        from guarantee.event_field f
       where f.event = fields ->> 'event' and f.required and not fields ? f.field
      union all
      select 2, 'unknown_field', n.ordinality, n.field, left(fields ->> n.field, 80), null
        from jsonb_object_keys(fields) with ordinality n (field, ordinality)
       where not exists (select from guarantee.event_field f where f.event = fields ->> 'event' and f.field = n.field)
      union all
      select 3, 'bad_value', f.ordinal, f.field, left(fields ->> f.field, 80), guarantee_api.describe_field(f)
        from guarantee.event_field f
       where f.event = fields ->> 'event' and fields ? f.field and not guarantee_api.admits(f, fields -> f.field)
    ) v
   order by v.rank, v.ordinal
   limit 1;
  return (fields, wrong.code, jsonb_strip_nulls(jsonb_build_object('field', wrong.field, 'asked', wrong.asked, 'there', wrong.there)));
end
$$;
comment on function guarantee_api.explain_shape(jsonb) is
  'Drops empty fields and names the first that is missing, unknown or inadmissible; no code when the event fits after all';
