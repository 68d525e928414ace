create function guarantee_api.bank_settled(content jsonb, account text, opens bigint) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  lines constant jsonb := content -> 'lines';
  currency constant text := content ->> 'currency';
  days date[];
  amounts bigint[];
  kept_days date[];
  kept_amounts bigint[];
  kept_series text[];
  kept_references text[];
  kept_before numeric[];
  ends boolean;
  start integer;
  known integer := 0;
begin
  if not coalesce((content ->> 'extends')::boolean, false) then
    return lines;
  end if;
  select array_agg((x ->> 'booked_on')::date order by n.number), array_agg(guarantee_api.bank_minor_units(x ->> 'amount', currency) order by n.number)
    into days, amounts
    from jsonb_array_elements(lines) with ordinality n (x, number);
  select array_agg(c.booked_on order by c.place), array_agg(c.amount order by c.place), bool_and(c.is_last),
         array_agg(c.series order by c.place), array_agg(c.reference order by c.place), array_agg(c.before order by c.place)
    into kept_days, kept_amounts, ends, kept_series, kept_references, kept_before
    from guarantee_api.bank_chain(account, currency, (content ->> 'opens_on')::date, (content ->> 'closes_on')::date) c;
  -- The list begins where the account had what the list opens with, and goes on as the account did, to the end of either.
  for start, known in
    select k.place, least(cardinality(days), cardinality(kept_days) - k.place + 1)
      from unnest(kept_before, kept_amounts, kept_days) with ordinality k (before, amount, day, place)
     where k.before = opens and k.amount = amounts[1] and k.day = days[1]
       and (ends or k.place + cardinality(days) - 1 <= cardinality(kept_days))
     order by k.place
  loop
    exit when kept_amounts[start:start + known - 1] = amounts[:known] and kept_days[start:start + known - 1] = days[:known]
      and not exists (
        select from jsonb_array_elements(lines) with ordinality n (x, number)
          join unnest(kept_series[start:start + known - 1], kept_references[start:start + known - 1])
               with ordinality k (series, reference, number) using (number)
         where not guarantee_api.bank_same_line(x, k.series, k.reference));
    known := 0;
  end loop;
  return (
    with told as (
      select n.number, n.x, k.series, k.reference,
             row_number() over (partition by x ->> 'series', k.series is null order by n.number) as of_day
        from jsonb_array_elements(lines) with ordinality n (x, number)
        left join unnest(kept_series[start:start + known - 1], kept_references[start:start + known - 1])
                  with ordinality k (series, reference, number) on k.number = n.number
    ), counted as (
      select l.series, count(*) as count
        from guarantee.bank_line l
       where l.account = account and l.currency = currency and l.series in (select t.x ->> 'series' from told t)
       group by l.series
    )
    select coalesce(jsonb_agg(t.x || jsonb_build_object(
             'series', coalesce(t.series, t.x ->> 'series'),
             'reference', coalesce(t.reference, t.x ->> 'reference', '#' || coalesce(c.count, 0) + t.of_day || coalesce(' ' || (t.x ->> 'time'), '')))
             order by t.number), '[]')
      from told t
      left join counted c on c.series = t.x ->> 'series'
  );
end
$$;
comment on function guarantee_api.bank_settled(jsonb, text, bigint) is
  'The lines of a statement, those of a list each with what it is known by: as it was imported, in whatever form, or a number in its day where the bank gives no reference';
