create function guarantee_api.bank_match(days integer default 10, charges numeric default 0, of_office text default null, of_currency text default null) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set jit = off set work_mem = '64MB' as $$
declare
  moment constant timestamptz := guarantee_api.bank_moment();
  entries guarantee_api.bank_open_entry[] := array(select e from guarantee_api.bank_open_entries(days) e
     where coalesce(e.office = of_office, true) and coalesce(e.currency = of_currency, true));
  lines guarantee_api.bank_open_line[] := array(select l from guarantee_api.bank_open_lines(entries) l
     where coalesce(l.office = of_office, true) and coalesce(l.currency = of_currency, true));
  pairings guarantee_api.bank_pairing[];
  candidates guarantee_api.bank_candidate[];
  rule text;
  last constant bigint := (select coalesce(max(m.match), 0) from guarantee.bank_match m);
begin
  -- From what is sure to what is a guess; each rule has what the ones before it left.
  foreach rule in array '{reference,text,groups,charges,dispute,reversals,payer,unequal,amount}'::text[] loop
    for pass in 1..3 loop
      candidates := case when rule in ('reference', 'text', 'dispute', 'payer', 'amount')
                         then array(select c from guarantee_api.bank_candidates(rule, lines, entries, days) c) end;
      pairings := case rule
        when 'groups' then array(select g from guarantee_api.bank_groups(lines, entries, days) g)
        when 'charges' then array(select u from guarantee_api.bank_unequal(lines, entries, days, charges) u where u.is_sure)
        when 'unequal' then array(select u from guarantee_api.bank_unequal(lines, entries, days, charges) u)
        when 'reversals' then array(select r from guarantee_api.bank_reversals(lines, entries) r)
        else array(select p from guarantee_api.bank_pick(candidates, rule, true) p) end;
      exit when pairings = '{}';
      perform guarantee_api.bank_keep_matches(pairings, moment);
      lines := guarantee_api.bank_lines_left(lines, pairings);
      entries := guarantee_api.bank_entries_left(entries, pairings);
      -- With some out of the way, others may have become sure.
      exit when candidates is null;
    end loop;
    pairings := array(select p from guarantee_api.bank_pick(candidates, rule, false) p);
    perform guarantee_api.bank_keep_matches(pairings, moment);
    lines := guarantee_api.bank_lines_left(lines, pairings);
    entries := guarantee_api.bank_entries_left(entries, pairings);
  end loop;
  return last;
end
$$;
comment on function guarantee_api.bank_match(integer, numeric, text, text) is
  'Matches the bank''s lines with the ledger''s entries on custody accounts, all or those of an office and a currency, within so many days of each other, and says which was the last match before its own. Charges is how much, in the currency''s unit, may be the bank''s charges without its saying so';
revoke execute on function guarantee_api.bank_match(integer, numeric, text, text) from public;
