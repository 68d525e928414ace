create function guarantee_api.bank_keep_matches(pairings guarantee_api.bank_pairing[], moment timestamptz) returns void
language plpgsql as $$
declare
  first constant bigint := (select coalesce(max(m.match), 0) from guarantee.bank_match m);
begin
  -- What is sure takes its parts out of what was only proposed.
  with held as materialized (
    select p.match, min(x.rule) as rule
      from unnest(pairings) x
      join guarantee.bank_match_part p on p.live and (p.line = any(x.lines) or p.key = any(x.keys))
     where x.is_sure
     group by p.match
  ), undone as (
    update guarantee.bank_match m set undone_at = moment, undone_by = session_user, undone_for = h.rule from held h where m.match = h.match
  )
  update guarantee.bank_match_part p set live = false from held h where p.match = h.match;

  insert into guarantee.bank_match (match, office, currency, rule, reason, difference, is_sure, made_at)
  with pairing as materialized (
    select x.*, first + x.number as match from unnest(pairings) with ordinality x (lines, keys, rule, reason, is_sure, number)
  ), side as (
    select p.match, a.office, a.currency, l.amount
      from pairing p
      cross join lateral unnest(p.lines) i (line)
      join guarantee.bank_line l on l.line = i.line
      join guarantee.bank_account a on a.account = l.account and a.currency = l.currency
     union all
    select p.match, a.office, a.currency, -n.amount
      from pairing p
      cross join lateral unnest(p.keys) i (key)
      join guarantee.event e on e.key = i.key
      join guarantee.entry n on n.office = e.office and n.sequence = e.sequence
      join guarantee.account a on a.account_id = n.account_id and a.role = 'bank'
  )
  select p.match, s.office, s.currency, p.rule, p.reason, s.difference, p.is_sure, moment
    from pairing p
    join (select s.match, min(s.office) as office, min(s.currency) as currency, sum(s.amount) as difference from side s group by s.match) s
      on s.match = p.match;
  insert into guarantee.bank_match_part (match, part, line, key)
  select first + x.number, row_number() over (partition by x.number order by s.line nulls last, s.key), s.line, s.key
    from unnest(pairings) with ordinality x (lines, keys, rule, reason, is_sure, number)
    cross join lateral (select unnest(x.lines) as line, null as key union all select null, unnest(x.keys)) s;
end
$$;
comment on function guarantee_api.bank_keep_matches(guarantee_api.bank_pairing[], timestamptz) is
  'Writes matches down with the difference between their sides';
