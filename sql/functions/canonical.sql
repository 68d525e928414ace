create function guarantee_api.canonical(event text, fields jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_object_agg(x.key, case when f.type in ('amount', 'award') then trim_scale(x.value::numeric)::text else x.value end), '{}')
    from jsonb_each_text(fields) x
    left join guarantee.event_field f on f.event = canonical.event and f.field = x.key
$$;
comment on function guarantee_api.canonical(text, jsonb) is 'An event''s fields with amounts written one way, so that 100 and 100.00 are the same content';
