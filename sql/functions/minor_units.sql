create function guarantee_api.minor_units(amount numeric, may_be_zero boolean, fields jsonb, currency text, minor_digits smallint, reversed jsonb)
returns guarantee_api.money_facts
language plpgsql stable as $$
declare
  money guarantee_api.money_facts;
  consignor_limit numeric := (fields ->> 'consignor_limit')::numeric;
begin
  if minor_digits is not null then
    money.currency := currency;
    money.unit := (array[1, 10, 100, 1000, 10000])[minor_digits + 1];
  end if;
  money.inexact := coalesce(amount = 0 and not may_be_zero or scale(amount) > coalesce(minor_digits, 4)
                            or amount * coalesce(money.unit, 1) > 9223372036854775807, false);
  if consignor_limit is not null then
    money.inexact := money.inexact or consignor_limit = 0 or scale(consignor_limit) > coalesce(minor_digits, 4)
      or consignor_limit * coalesce(money.unit, 1) > 9223372036854775807;
  end if;
  if not money.inexact then
    money.amount := amount * money.unit;
    money.consignor_limit := consignor_limit * money.unit;
    money.counted := case when reversed is null then money.amount else -(reversed ->> 'amount')::numeric * money.unit end;
  end if;
  return money;
end
$$;
comment on function guarantee_api.minor_units(numeric, boolean, jsonb, text, smallint, jsonb) is
  'Amounts in minor units of the currency; inexact when they are zero, have more decimals than it has or are more than a bigint holds. counted is what the event adds to counts such as drawn: its amount, or what it takes back';
