create function guarantee_api.bank_match_differences(days integer, allowed numeric, surely boolean) returns bigint
language plpgsql as $$
declare
  made bigint;
begin
  with candidate as materialized (
    select l.line, e.key, t.token, l.amount - e.amount as difference, l.proposed or e.proposed as proposed, c.minor_digits,
           l.charges > 0 and l.amount - e.amount = -l.charges as is_charged,
           count(*) over (partition by l.line) as keys, count(*) over (partition by e.key) as lines, abs(l.amount) < abs(e.amount) as is_less
      from guarantee_api.bank_open_lines() l
      join guarantee_api.bank_open_entries(days) e
        on e.office = l.office and e.currency = l.currency and sign(e.amount) = sign(l.amount) and e.amount <> l.amount
       and abs(l.booked_on - e."on") <= days and e.tokens && l.tokens
      join guarantee.currency c on c.currency = l.currency
      cross join lateral (select x as token from unnest(e.tokens) x where x = any(l.tokens) limit 1) t
     where not exists (
       select from guarantee.bank_match_part p
         join guarantee.bank_match_part q on q.match = p.match and q.key = e.key
         join guarantee.bank_match m on m.match = p.match and m.undone_by not like 'rule %'
        where p.line = l.line)
  )
  select count(guarantee_api.bank_keep_match(
           array[c.line], array[c.key],
           case when c.is_charged or -c.difference between 1 and allowed * 10::numeric ^ c.minor_digits then 'charges' when c.is_less then 'short' else 'over' end,
           'reference ' || c.token || ', ' || guarantee_api.money(abs(c.difference), c.minor_digits)
             || case when c.is_less then ' less' else ' more' end || ' at the bank'
             || case when c.is_charged then ', as the bank says that it charged' else '' end, surely))
    into made
    from candidate c
   where c.keys = 1 and c.lines = 1 and (surely and c.is_charged or not surely and not c.proposed);
  return made;
end
$$;
comment on function guarantee_api.bank_match_differences(integer, numeric, boolean) is
  'Matches lines with entries of the same reference and another amount: for sure where the bank names the difference as its charges, else as a proposal. Allowed is how much in the currency''s unit may be charges that the bank does not name';
