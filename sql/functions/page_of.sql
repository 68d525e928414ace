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
  compared text;
  place text;
  ranks text[];
  is_descending boolean;
begin
  for given in select j.value from jsonb_array_elements(page -> 'filters') j loop
    wheres := wheres || case given ->> 'is'
      when 'equal' then format('s.%I = %L', given ->> 'column', given ->> 'value')
      when 'since' then format('s.%I::date >= %L', given ->> 'column', given ->> 'value')
      when 'due_within' then format('s.%I <= %s.today() + %L::integer', given ->> 'column', own_schema, given ->> 'value')
      when 'of_disputes_due_within' then
        format('s.%I in (select u.dispute from %s.due(within => %L) u where u.due_on is not null)', given ->> 'column', own_schema, given ->> 'value')
      when 'of_disputes' then
        format('s.dispute in (select d.dispute from %s.disputes_among(%I => %L) d)', own_schema, given ->> 'column', given ->> 'value')
    end;
  end loop;
  for given in select j.value from jsonb_array_elements(page -> 'order') j loop
    place := given ->> 'after';
    is_descending := given ? 'is_descending';
    if given ? 'ranks' then
      ranks := array(select jsonb_array_elements_text((given ->> 'ranks')::jsonb));
      compared := format('coalesce(array_position(%L::text[], s.%I), 0)', ranks, given ->> 'column');
      place := coalesce(array_position(ranks, place), 0);
    elsif types ->> (given ->> 'column') = 'text' and not given ? 'is_empty_last' then
      compared := format('coalesce(s.%I, %L) collate "C"', given ->> 'column', '');
      place := coalesce(place, '');
      if is_later and same = '' and place <> '' and not is_descending then
        -- Where several ways lead on, the database looks at each row: this says where it begins.
        wheres := wheres || format('s.%I collate "C" >= %L', given ->> 'column', place);
      end if;
    else
      compared := format(case types ->> (given ->> 'column') when 'text' then 'nullif(s.%I, %L) collate "C"' when 'jsonb' then 's.%I::text collate "C"'
                              else 's.%I' end, given ->> 'column', '');
      place := nullif(place, '');
    end if;
    sorting := sorting || (compared || case when is_descending then ' desc' else '' end || ' nulls last');
    if place is not null then
      -- Like the place in what was sorted by before, and after it in this.
      ways := ways || format('%s(%s %s %L or %s is null)', same, compared, case when is_descending then '<' else '>' end, place, compared);
    end if;
    same := same || compared || coalesce(' = ' || quote_literal(place), ' is null') || ' and ';
  end loop;
  if is_later then
    wheres := wheres || case when ways = '{}' then 'false' else '(' || array_to_string(ways, ' or ') || ')' end;
  end if;
  return format('select s.* from %s s', page_of.source)
    || case when wheres <> '{}' then ' where ' || array_to_string(wheres, ' and ') else '' end
    || case when page -> 'rows' ? 'is_sorted' then ' order by ' || array_to_string(sorting, ', ') else '' end
    || coalesce(' limit ' || (page -> 'rows' ->> 'limit')::bigint, '');
end
$$;
comment on function guarantee_api.page_of(text, regtype, jsonb) is
  'The query for a page of what a reading gives, or for such of its rows as were asked for: how many, filters and order. It is made here and not asked for as text, since it runs with rights of its own: what was asked for is in it as names and literals alone';
