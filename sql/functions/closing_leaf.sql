create function guarantee_api.closing_leaf(balance guarantee.closing_balance, minor_digits smallint) returns bytea
language sql stable as $$
  select sha256(convert_to(jsonb_strip_nulls(jsonb_build_object(
    'role', balance.role, 'dispute', nullif(balance.dispute, ''), 'guarantor', nullif(balance.guarantor, ''), 'currency', balance.currency,
    'opening', guarantee_api.money(balance.opening, minor_digits)::text, 'debit', guarantee_api.money(balance.debit, minor_digits)::text,
    'credit', guarantee_api.money(balance.credit, minor_digits)::text, 'closing', guarantee_api.money(balance.closing, minor_digits)::text))::text, 'UTF8'))
$$;
comment on function guarantee_api.closing_leaf(guarantee.closing_balance, smallint) is
  'The SHA-256 of the canonical bytes of an account of a closing: a leaf of its tree. Never to be changed';
