create function guarantee_api.bank_match_groups(days integer) returns bigint
language plpgsql as $$
declare
  made bigint;
  total bigint := 0;
begin
  -- Several entries of one reference that the bank booked in one line.
  with sums as materialized (
    select l.line, t.token, array_agg(e.key order by e.key) as keys, min(e.owner) = max(e.owner) as has_one_owner, bool_or(l.proposed or e.proposed) as proposed
      from guarantee_api.bank_open_lines() l
      cross join lateral unnest(l.tokens) t (token)
      join guarantee_api.bank_open_entries(days) e
        on e.office = l.office and e.currency = l.currency and sign(e.amount) = sign(l.amount) and abs(l.booked_on - e."on") <= days
       and t.token = any(e.tokens)
     group by l.line, t.token, l.amount
    having count(*) > 1 and sum(e.amount) = l.amount
  ), chosen as materialized (
    select distinct on (s.line) s.* from sums s order by s.line, s.token
  ), apart as (
    select c.* from chosen c
     where not exists (select from chosen o where o.line < c.line and o.keys && c.keys)
       and (c.has_one_owner or not c.proposed)
  )
  select count(guarantee_api.bank_keep_match(
           array[a.line], a.keys, 'entries',
           'reference ' || a.token || ', ' || cardinality(a.keys) || ' entries come to the line''s amount'
             || case when a.has_one_owner then '' else '; they are of several disputes or guarantors' end, a.has_one_owner))
    into made from apart a;
  total := total + made;

  -- Several lines of one reference that the ledger has in one entry.
  with sums as materialized (
    select e.key, t.token, array_agg(l.line order by l.line) as lines, bool_or(l.proposed or e.proposed) as proposed
      from guarantee_api.bank_open_entries(days) e
      cross join lateral unnest(e.tokens) t (token)
      join guarantee_api.bank_open_lines() l
        on l.office = e.office and l.currency = e.currency and sign(l.amount) = sign(e.amount) and abs(l.booked_on - e."on") <= days
       and t.token = any(l.tokens)
     group by e.key, t.token, e.amount
    having count(*) > 1 and sum(l.amount) = e.amount
  ), chosen as materialized (
    select distinct on (s.key) s.* from sums s order by s.key, s.token
  ), apart as (
    select c.* from chosen c where not exists (select from chosen o where o.key < c.key and o.lines && c.lines)
  )
  select count(guarantee_api.bank_keep_match(
           a.lines, array[a.key], 'lines',
           'reference ' || a.token || ', ' || cardinality(a.lines) || ' lines come to the entry''s amount', true))
    into made from apart a;
  return total + made;
end
$$;
comment on function guarantee_api.bank_match_groups(integer) is 'Matches one line with several entries and one entry with several lines, by a reference that all of them have and amounts that come to the same';
