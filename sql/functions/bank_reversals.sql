create function guarantee_api.bank_reversals(lines guarantee_api.bank_open_line[], entries guarantee_api.bank_open_entry[])
returns setof guarantee_api.bank_pairing
language sql stable set enable_nestloop = off as $$
  with apart as materialized (
    -- What a person has taken apart, whom no rule contradicts.
    select p.line, q.line as other_line, p.key, q.key as other_key
      from guarantee.bank_match m
      join guarantee.bank_match_part p on p.match = m.match
      join guarantee.bank_match_part q on q.match = m.match and q.part <> p.part and (q.key is null) = (p.key is null)
     where m.undone_at is not null and m.undone_for is null
  )
  -- What the bank booked and took back, and the ledger never had.
  select array[p.line, p.reversal], '{}'::text[], 'reversed', 'the bank took its own line back', true
    from (
      select r.line as reversal, l.line,
             row_number() over (partition by r.line order by r.booked_on - l.booked_on, l.line desc) as rank_of_line,
             row_number() over (partition by l.line order by r.booked_on - l.booked_on, r.line) as rank_of_reversal
        from unnest(lines) r
        join unnest(lines) l
          on l.account = r.account and l.currency = r.currency and l.amount = -r.amount and l.line < r.line and l.booked_on <= r.booked_on
         and (l.marks || l.words) && (r.marks || r.words) and not l.reversal
       where r.taken_back and not exists (select from apart a where a.line = l.line and a.other_line = r.line)
    ) p
   where p.rank_of_line = 1 and p.rank_of_reversal = 1
   union all
  -- What the ledger recorded and took back, and the bank never had.
  select '{}'::bigint[], array[e.key, r.key], 'reversed', 'the ledger took its own entry back', true
    from unnest(entries) r
    join unnest(entries) e on e.key = r.reverses
   where not exists (select from apart a where a.key = e.key and a.other_key = r.key)
$$;
comment on function guarantee_api.bank_reversals(guarantee_api.bank_open_line[], guarantee_api.bank_open_entry[]) is
  'What was booked and taken back on one side alone';
