create function guarantee_api.compare(name text, expected_relation regclass, actual_relation regclass, key_columns text[])
returns table ("check" text, subject text, expected text, found text)
language plpgsql stable set jit = off as $$
declare
  keys text := (select string_agg(quote_ident(k) || '::text', ', ' order by n) from unnest(key_columns) with ordinality u (k, n));
  -- Only the columns that are expected are compared, and only those that differ are named.
  others text[] := array(
    select a.attname from pg_attribute a
     where a.attrelid = actual_relation and a.attnum > 0 and not a.attisdropped
       and not exists (select from pg_attribute e where e.attrelid = expected_relation and e.attname = a.attname));
begin
  return query execute format($query$
    select %L::text, array_to_string(array_remove(d.key, ''), ' '), e.said, f.said
      from (
        select key, w.fields as wanted, h.fields as had
          from (select array[%s] as key, to_jsonb(x) as fields from %s x) w
          full join (select array[%s] as key, to_jsonb(x) - %L::text[] as fields from %s x) h using (key)
         where w.fields is distinct from h.fields
        offset 0
      ) d
      cross join lateral (
        select string_agg(k.key || '=' || coalesce(k.value, ''), ' ' order by k.key) as said from jsonb_each_text(d.wanted) k
         where d.had is null or k.value is distinct from d.had ->> k.key) e
      cross join lateral (
        select string_agg(k.key || '=' || coalesce(k.value, ''), ' ' order by k.key) as said from jsonb_each_text(d.had) k
         where d.wanted is null or k.value is distinct from d.wanted ->> k.key) f$query$,
    name, keys, expected_relation, keys, others, actual_relation);
end
$$;
comment on function guarantee_api.compare(text, regclass, regclass, text[]) is
  'A row for everything that is in one relation and not the same in another, matched by its key';
