create function guarantee_api.account_name(office text, role text, dispute text, guarantor text, currency text) returns text
language sql immutable parallel safe as $$
  select concat_ws(':', office, role, nullif(dispute, ''), nullif(guarantor, ''), currency)
$$;
comment on function guarantee_api.account_name(text, text, text, text, text) is 'An account as people name it: QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY';
