create function guarantee_api.bank_same_name(one text, other text) returns boolean
language sql immutable parallel safe as $$
  -- Banks cut names off, and add to them.
  select one = other or least(length(one), length(other)) >= 4 and (strpos(one, other) > 0 or strpos(other, one) > 0)
$$;
comment on function guarantee_api.bank_same_name(text, text) is 'Whether two names, as bank_mark() writes them, may be one party''s';
