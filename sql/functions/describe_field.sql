create function guarantee_api.describe_field(f guarantee.event_field) returns text
language sql immutable parallel safe as $$
  select case f.type
    when 'code' then '1 to ' || f.max_length || ' printable characters'
    when 'text' then 'printable text of at most ' || f.max_length || ' characters'
    when 'amount' then 'a positive amount such as 1200000.00 with no more decimals than the currency has'
    when 'award' then 'an amount such as 1200000.00 with no more decimals than the currency has'
    when 'date' then 'a date that exists, as YYYY-MM-DD'
    when 'currency' then 'an ISO 4217 currency code such as CNY'
    when 'instruments' then 'one or more, separated by spaces, of ' || replace(substring(f.pattern from '[(]([^)]*)[)]'), '|', ', ')
    else 'one of ' || replace(translate(f.pattern, '^$()', ''), '|', ', ')
  end
$$;
comment on function guarantee_api.describe_field(guarantee.event_field) is 'What a field may hold, in words';
