create function guarantee_api.page_of(source text, row_type regtype, page jsonb) returns text
language plpgsql stable as $$
declare
  own_schema constant text := split_part(page_of.source, '.', 1);
  types constant jsonb := (select jsonb_object_agg(a.attname, a.atttypid::regtype) from pg_attribute a join pg_type t on t.typrelid = a.attrelid
                            where t.oid = row_type and a.attnum > 0);
  is_later constant boolean := page -> 'rows' ? 'is_later';
  given jsonb;
  wheres text[] := '{}';
  sorting text[] := '{}';
  ways text[] := '{}';
  same text := '';
  beginning text;
  value text;
  place text;
  ranks text[];
  is_descending boolean;
  is_text boolean;
begin
  for given in select j.value from jsonb_array_elements(page -> 'filters') j loop
    wheres := wheres || case given ->> 'is'
      when 'equal' then format('s.%I = %L', given ->> 'column', given ->> 'value')
      when 'since' then format('s.%I::date >= %L', given ->> 'column', given ->> 'value')
      when 'due_within' then format('s.%I <= %s.today() + %L::integer', given ->> 'column', own_schema, given ->> 'value')
      -- Set off: the planner fails over some functions that it takes into a semi-join (failed to find unique expression).
      when 'of_disputes_due_within' then
        format('s.%I in (select u.dispute from %s.due(within => %L) u where u.due_on is not null offset 0)', given ->> 'column', own_schema, given ->> 'value')
      when 'of_disputes' then guarantee_api.of_disputes(own_schema, given ->> 'column', given ->> 'value')
    end;
  end loop;
  for given in select j.value from jsonb_array_elements(page -> 'order') j loop
    place := given ->> 'after';
    is_descending := given ? 'is_descending';
    is_text := types ->> (given ->> 'column') = 'text' and not given ?| '{ranks,is_empty_last}';
    if given ? 'ranks' then
      ranks := array(select jsonb_array_elements_text((given ->> 'ranks')::jsonb));
      value := format('coalesce(array_position(%L::text[], s.%I), 0)', ranks, given ->> 'column');
      place := coalesce(array_position(ranks, place), 0);
    elsif is_text then
      value := format('coalesce(s.%I, %L) collate "C"', given ->> 'column', '');
      place := coalesce(place, '');
    else
      value := format(case types ->> (given ->> 'column') when 'text' then 'nullif(s.%I, %L) collate "C"' when 'jsonb' then 's.%I::text collate "C"'
                           else 's.%I' end, given ->> 'column', '');
      place := nullif(place, '');
    end if;
    sorting := sorting || (value || case when is_descending then ' desc' else '' end || ' nulls last');
    if is_text and is_later and same = '' and place <> '' and not is_descending then
      -- What nothing comes before is no later: an index is of the column alone.
      value := format('s.%I collate "C"', given ->> 'column');
      beginning := value || ' >= ' || quote_literal(place);
    end if;
    if place is not null then
      -- Like the place in what was sorted by before, and after it in this.
      ways := ways || format(case when is_text or given ? 'ranks' then '%1$s%2$s %3$s %4$L' else '%1$s(%2$s %3$s %4$L or %2$s is null)' end,
                             same, value, case when is_descending then '<' else '>' end, place);
    end if;
    same := same || value || coalesce(' = ' || quote_literal(place), ' is null') || ' and ';
  end loop;
  if is_later then
    -- Where several ways lead on, the database looks at each row: the beginning says from where.
    wheres := wheres || case when cardinality(ways) > 1 then beginning end
                     || coalesce('(' || nullif(array_to_string(ways, ' or '), '') || ')', 'false');
  end if;
  return format('select s.* from %s s', page_of.source)
    || case when wheres <> '{}' then ' where ' || array_to_string(wheres, ' and ') else '' end
    || case when page -> 'rows' ? 'is_sorted' then ' order by ' || array_to_string(sorting, ', ') else '' end
    || coalesce(' limit ' || (page -> 'rows' ->> 'limit')::bigint, '');
end
$$;
comment on function guarantee_api.page_of(text, regtype, jsonb) is
  'The query for a page of what a reading gives: how many of its rows, filters, order and place. It is made here and not taken as text, since it runs with rights of its own: what was asked for is in it as names and literals alone';
