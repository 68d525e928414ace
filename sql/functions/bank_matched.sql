create function guarantee_api.bank_matched(as_of date, known_at timestamptz)
returns table (match bigint, office text, currency text, rule text, reason text, difference bigint, is_sure boolean, is_settled boolean, last_on date)
language sql stable as $$
  select m.match, m.office, m.currency, m.rule, m.reason, m.difference,
         coalesce(m.is_sure or m.confirmed_at <= known_at, false), coalesce(m.is_sure or m.confirmed_at <= known_at, false) and x.is_whole, x.last_on
    from guarantee.bank_match m
    cross join lateral (
      select bool_and(coalesce(l.booked_on, e."on") <= as_of and coalesce(s.imported_at, e.recorded_at) <= known_at) as is_whole,
             max(coalesce(l.booked_on, e."on")) as last_on
        from guarantee.bank_match_part p
        left join guarantee.bank_line l on l.line = p.line
        left join guarantee.bank_statement s on s.account = l.account and s.currency = l.currency and s."position" = l."position"
        left join guarantee.event e on e.key = p.key
       where p.match = m.match
    ) x
   where m.made_at <= known_at and (m.undone_at is null or m.undone_at > known_at)
$$;
comment on function guarantee_api.bank_matched(date, timestamptz) is
  'Matches as they stood: sure by their rule or confirmed, and settled when besides all they hold was of that day or before and known';
