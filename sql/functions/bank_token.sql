create function guarantee_api.bank_token(reference text) returns text
language sql immutable parallel safe as $$
  select nullif(upper(translate(reference, ' -_/.:,;#()''"', '')), '')
$$;
comment on function guarantee_api.bank_token(text) is
  'A reference as it is compared: banks change case, and lose or add blanks, dashes and slashes';
