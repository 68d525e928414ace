create function guarantee_api.minor_units(amount numeric, fields jsonb, minor_digits smallint, reversed jsonb)
returns table (unit bigint, amount bigint, consignor_limit bigint, counted bigint, inexact boolean)
language sql stable as $$
  select u.unit,
         case when not x.inexact then (minor_units.amount * u.unit)::bigint end,
         case when not x.inexact then (l.consignor_limit * u.unit)::bigint end,
         case when x.inexact then null when reversed is null then (minor_units.amount * u.unit)::bigint
              else -((reversed ->> 'amount')::numeric * u.unit)::bigint end,
         x.inexact
    from (values (1)) one
    cross join lateral (select (array[1, 10, 100, 1000, 10000])[minor_digits + 1]::bigint as unit) u
    cross join lateral (select (fields ->> 'consignor_limit')::numeric as consignor_limit) l
    cross join lateral (
      select coalesce(scale(minor_units.amount) > minor_digits or minor_units.amount * u.unit > 9223372036854775807
                   or scale(l.consignor_limit) > minor_digits or l.consignor_limit * u.unit > 9223372036854775807, false) as inexact
    ) x
$$;
comment on function guarantee_api.minor_units(numeric, jsonb, smallint, jsonb) is
  'Amounts in minor units of the currency; inexact when they have more decimals than it has or are more than a bigint holds. counted is what the event adds to counts such as drawn: its amount, or what it takes back';
