create function guarantee_api.bank_match(days integer default 10, charges numeric default 0) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  made bigint := 0;
begin
  lock table guarantee.bank_match in share row exclusive mode;
  -- From what is sure to what is a guess; each rule has what the ones before it left.
  made := made + guarantee_api.bank_match_pairs('reference', days);
  made := made + guarantee_api.bank_match_pairs('text', days);
  made := made + guarantee_api.bank_match_groups(days);
  made := made + guarantee_api.bank_match_differences(days, charges, true);
  made := made + guarantee_api.bank_match_pairs('dispute', days);
  made := made + guarantee_api.bank_match_reversals(days);
  made := made + guarantee_api.bank_match_pairs('payer', days);
  made := made + guarantee_api.bank_match_differences(days, charges, false);
  made := made + guarantee_api.bank_match_pairs('amount', days);
  return made;
end
$$;
comment on function guarantee_api.bank_match(integer, numeric) is
  'Matches the bank''s lines with the ledger''s entries on custody accounts, within so many days of each other, and says how many matches it made. Charges is how much, in the currency''s unit, may be the bank''s charges without its saying so';
revoke execute on function guarantee_api.bank_match(integer, numeric) from public;
