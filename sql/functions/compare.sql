create function guarantee_api.compare(name text, expected_relation regclass, actual_relation regclass, key_columns text[])
returns table ("check" text, subject text, expected text, found text)
language plpgsql stable set jit = off set work_mem = '64MB' as $$
declare
  -- Only the columns that are expected are compared, and only those that differ are named.
  others text[] := array(
    select e.attname from pg_attribute e
      join pg_attribute a on a.attrelid = actual_relation and a.attname = e.attname and not a.attisdropped
     where e.attrelid = expected_relation and e.attnum > 0 and not e.attisdropped and e.attname <> all(key_columns)
     order by e.attname);
begin
  return query execute format($query$
    select %L::text, array_to_string(array_remove(array[%s], ''), ' '),
           case when w.there then concat_ws(' ', %s) end, case when h.there then concat_ws(' ', %s) end
      from (select true as there, x.* from %s x) w
      full join (select true as there, x.* from %s x) h on %s
     where w.there is null or h.there is null or (%s) is distinct from (%s)$query$,
    name,
    (select string_agg(format('coalesce(w.%1$I, h.%1$I)::text', k), ', ' order by n) from unnest(key_columns) with ordinality u (k, n)),
    (select string_agg(format('case when h.there is null or w.%1$I is distinct from h.%1$I then %2$L || coalesce(w.%1$I::text, '''') end', o, o || '='), ', ') from unnest(others) o),
    (select string_agg(format('case when w.there is null or w.%1$I is distinct from h.%1$I then %2$L || coalesce(h.%1$I::text, '''') end', o, o || '='), ', ') from unnest(others) o),
    expected_relation, actual_relation,
    (select string_agg(format('w.%1$I = h.%1$I', k), ' and ') from unnest(key_columns) k),
    (select string_agg(format('w.%I', o), ', ') from unnest(others) o),
    (select string_agg(format('h.%I', o), ', ') from unnest(others) o));
end
$$;
comment on function guarantee_api.compare(text, regclass, regclass, text[]) is
  'A row for everything that is in one relation and not the same in another, matched by its key';
