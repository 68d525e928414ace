create function guarantee_api.unknown_names(names jsonb, event text default null)
returns table (field text, value text, near text)
language sql stable set jit = off as $$
  select n.key, n.value, c.code
    from jsonb_each_text(names) n
    left join guarantee.event_field f on f.event = unknown_names.event and f.field = n.key
   cross join lateral (select case when unknown_names.event is null then n.key else f.refers_to end as kind) k
    left join lateral (
      select c.code, row_number() over (order by pairs.shared * 2 - length(c.code) desc, c.code) as place
        from (select array_agg(substr(' ' || lower(left(n.value, 80)) || ' ', i, 2)) as pairs
                from generate_series(1, length(left(n.value, 80)) + 1) i) w
       cross join guarantee_api.codes_of(k.kind, n.value, names ->> 'dispute') c (code)
       cross join lateral (select count(*) as shared from unnest(w.pairs) p (pair) where strpos(' ' || lower(c.code) || ' ', p.pair) > 0) pairs
       where abs(length(c.code) - length(n.value)) <= greatest(1, length(n.value) / 3)
          or starts_with(lower(c.code), lower(n.value))
       order by place
       limit 20
    ) c on true
   where k.kind is not null
     and not exists (select from guarantee_api.codes_of(k.kind, n.value, names ->> 'dispute') c (code) where c.code = n.value)
   order by n.key, c.place
$$;
comment on function guarantee_api.unknown_names(jsonb, text) is
  'Of names that somebody gave, by their kinds or by the fields of an event, those that name nothing which the session may read, each with the codes that are written most like it';
