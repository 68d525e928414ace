create function guarantee_api.bank_account_mark(account text) returns text
language sql immutable parallel safe as $$
  select translate(regexp_replace(upper(account), '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?/', ''), ' -', '')
$$;
comment on function guarantee_api.bank_account_mark(text) is
  'An account''s number as it is compared: banks group its digits by dashes, write IBANs small, and put their BIC and a slash before it';
