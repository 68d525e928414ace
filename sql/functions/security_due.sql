create function guarantee_api.security_due(procedure text, value numeric, unit bigint) returns numeric
language sql immutable as $$
  select case
           when procedure <> 'ex_officio' or value < 20000 * unit then value
           when value <= 200000 * unit then greatest(div(value + 1, 2), 20000 * unit)
           else 100000 * unit
         end
$$;
comment on function guarantee_api.security_due(text, numeric, bigint) is
  'The right holder''s security in minor units, of which unit make one of the currency (Implementing Measures art. 15 and 23)';
