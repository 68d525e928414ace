create function guarantee_api.minor_units(amount numeric, may_be_zero boolean, fields jsonb, minor_digits smallint, reversed jsonb)
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
      select coalesce(minor_units.amount = 0 and not may_be_zero or scale(minor_units.amount) > coalesce(minor_digits, 4)
                      or minor_units.amount * coalesce(u.unit, 1) > 9223372036854775807, false)
          or coalesce(l.consignor_limit = 0 or scale(l.consignor_limit) > coalesce(minor_digits, 4)
                      or l.consignor_limit * coalesce(u.unit, 1) > 9223372036854775807, false) as inexact
    ) x
$$;
comment on function guarantee_api.minor_units(numeric, boolean, jsonb, smallint, jsonb) is
  'Amounts in minor units of the currency; inexact when they are zero, have more decimals than it has or are more than a bigint holds. counted is what the event adds to counts such as drawn: its amount, or what it takes back';
