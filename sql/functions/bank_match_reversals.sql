create function guarantee_api.bank_match_reversals(days integer) returns bigint
language plpgsql as $$
declare
  made bigint;
  total bigint := 0;
begin
  -- What the bank booked and took back, and the ledger never had.
  with pair as materialized (
    select r.line as reversal, l.line,
           row_number() over (partition by r.line order by r.booked_on - l.booked_on, l.line desc) as rank_of_line,
           row_number() over (partition by l.line order by r.booked_on - l.booked_on, r.line) as rank_of_reversal
      from guarantee_api.bank_open_lines() r
      join guarantee_api.bank_open_lines() l
        on l.account = r.account and l.currency = r.currency and l.amount = -r.amount and l.line < r.line and l.booked_on <= r.booked_on
       and l.tokens && r.tokens and not l.is_reversal
     where r.is_reversal or r.is_return
  )
  select count(guarantee_api.bank_keep_match(array[p.line, p.reversal], '{}', 'reversed', 'the bank took its own line back', true))
    into made from pair p where p.rank_of_line = 1 and p.rank_of_reversal = 1;
  total := made;
  -- What the ledger recorded and took back, and the bank never had.
  with pair as materialized (
    select r.key as reversal, e.key
      from guarantee_api.bank_open_entries(days) r
      join guarantee_api.bank_open_entries(days) e on e.key = r.reverses
  )
  select count(guarantee_api.bank_keep_match('{}', array[p.key, p.reversal], 'reversed', 'the ledger took its own entry back', true))
    into made from pair p;
  return total + made;
end
$$;
comment on function guarantee_api.bank_match_reversals(integer) is 'Matches what was booked and taken back on one side alone';
