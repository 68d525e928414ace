create function guarantee_api.money(minor_units numeric, minor_digits smallint) returns numeric
language sql immutable parallel safe as $$
  -- Multiplied, since a division keeps sixteen digits only.
  select minor_units * (array[1, 0.1, 0.01, 0.001, 0.0001])[minor_digits + 1]
$$;
comment on function guarantee_api.money(numeric, smallint) is 'Minor units as an exact decimal of the currency''s unit';
