create function guarantee_api.money(minor_units bigint, minor_digits smallint) returns numeric
language sql immutable parallel safe as $$
  select round(minor_units / (array[1, 10, 100, 1000, 10000])[minor_digits + 1]::numeric, minor_digits)
$$;
comment on function guarantee_api.money(bigint, smallint) is 'Minor units as an exact decimal of the currency''s unit';
