create function guarantee_api.account_name(office text, role text, dispute text, guarantor text, currency text) returns text
language sql immutable parallel safe as $$
  -- Word for word as account.name is made.
  select office || ':' || role || case dispute when '' then '' else ':' || dispute end || case guarantor when '' then '' else ':' || guarantor end || ':' || currency
$$;
comment on function guarantee_api.account_name(text, text, text, text, text) is 'An account as people name it: QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY';
