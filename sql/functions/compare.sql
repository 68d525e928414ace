create function guarantee_api.compare(name text, expected_relation regclass, actual_relation regclass, key_columns text[])
returns table ("check" text, subject text, expected text, found text)
language plpgsql stable as $$
begin
  -- Only the columns that are expected are compared, and only those that differ are named.
  return query execute format($query$
    select %L::text, s.subject, e.said, f.said
      from (select %s as subject, to_jsonb(x) as fields from %s x) w
      full join (select %s as subject, to_jsonb(x) as fields from %s x) h using (subject)
      cross join lateral (select coalesce(w.subject, h.subject) as subject) s
      left join lateral (
        select string_agg(k.key || '=' || coalesce(k.value, ''), ' ' order by k.key) as said from jsonb_each_text(w.fields) k
         where h.fields is null or k.value is distinct from h.fields ->> k.key) e on true
      left join lateral (
        select string_agg(k.key || '=' || coalesce(k.value, ''), ' ' order by k.key) as said from jsonb_each_text(h.fields) k
         where w.fields is null or w.fields ? k.key and k.value is distinct from w.fields ->> k.key) f on true
     where w.fields is null or h.fields is null or e.said is not null$query$,
    name, key_text.columns, expected_relation, key_text.columns, actual_relation)
    from (select 'concat_ws('' '', ' || string_agg(quote_ident(k), ', ' order by n) || ')' as columns
            from unnest(key_columns) with ordinality u (k, n)) key_text;
end
$$;
comment on function guarantee_api.compare(text, regclass, regclass, text[]) is
  'A row for everything that is in one relation and not the same in another, matched by its key';
