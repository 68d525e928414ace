create function guarantee_api.bank_matches(office text default null, currency text default null, state text default null, since bigint default null)
returns table (match bigint, office text, currency text, state text, rule text, lines text, keys text, amount numeric, difference numeric, reason text,
               decided_at timestamptz, decided_by text)
language sql stable as $$
  select m.match, m.office, m.currency, s.state, m.rule, p.lines, p.keys,
         guarantee_api.money(coalesce(p.amount, 0), c.minor_digits), guarantee_api.money(m.difference, c.minor_digits), m.reason,
         coalesce(m.undone_at, m.confirmed_at), coalesce(m.undone_by, m.confirmed_by)
    from guarantee.bank_match m
    join guarantee.currency c on c.currency = m.currency
    cross join lateral (
      select case when m.undone_at is not null then 'unmatched' when m.confirmed_at is not null then 'confirmed'
                  when m.is_sure then 'matched' else 'proposed' end as state
    ) s
    cross join lateral (
      select string_agg(x.line::text, ' ' order by x.line) as lines, string_agg(x.key, ' ' order by x.key) as keys, sum(l.amount) as amount
        from guarantee.bank_match_part x left join guarantee.bank_line l on l.line = x.line
       where x.match = m.match
    ) p
   where (bank_matches.office is null or m.office = bank_matches.office)
     and (bank_matches.currency is null or m.currency = bank_matches.currency)
     and (s.state = bank_matches.state or bank_matches.state is null and s.state <> 'unmatched')
     and (bank_matches.since is null or m.match > bank_matches.since or s.state = 'proposed')
   order by m.match
$$;
comment on function guarantee_api.bank_matches(text, text, text, bigint) is
  'Matches with what they hold and why, and who confirmed them or took them apart: those of a state, or all that stand; since leaves out what is older than a match, but for proposals that wait for somebody';
