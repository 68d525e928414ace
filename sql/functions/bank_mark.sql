create function guarantee_api.bank_mark(reference text) returns text
language sql immutable parallel safe as $$
  select nullif(upper(translate(normalize(reference, nfkc), ' -_/.:,;#()''"', '')), '')
$$;
comment on function guarantee_api.bank_mark(text) is
  'A reference or a name as it is compared: banks change case and width, and lose or add blanks, dashes and slashes';
