create function guarantee_api.bank_minor_units(amount text, currency text) returns bigint
language plpgsql stable
set search_path = pg_catalog, pg_temp as $$
declare
  digits smallint := (select c.minor_digits from guarantee.currency c where c.currency = bank_minor_units.currency);
begin
  if scale(trim_scale(amount::numeric)) > digits then
    raise exception 'the amount % has more decimals than % has', amount, currency
      using errcode = 'GL103', table = 'bank_line', constraint = 'bank_line_amount';
  end if;
  return amount::numeric * 10::numeric ^ digits;
end
$$;
comment on function guarantee_api.bank_minor_units(text, text) is 'An amount of a statement in minor units of its currency, which has to be exact';
