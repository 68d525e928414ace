create function guarantee_api.is_date(value text) returns boolean
language sql immutable parallel safe as $$
  -- Nine days in ten are within the first 28 of their month: they are told by a fraction of a regular expression's work.
  select case when translate(value, '123456789', '000000000') = '0000-00-00' and left(value, 4) > '0000'
               and substr(value, 6, 2) between '01' and '12' and substr(value, 9, 2) between '01' and '28' then true
              else value ~ guarantee_api.field_pattern('date', null) end
$$;
comment on function guarantee_api.is_date(text) is 'Whether a text is a date that exists, as YYYY-MM-DD';
