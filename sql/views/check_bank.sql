create function guarantee_api.check_bank() returns table ("check" text, subject text, expected text, found text)
language sql stable as $$
  select 'bank accounts are of offices', concat_ws(' ', s.account, s.currency), 'an account of an office', coalesce('office ' || a.office, 'none')
    from (select distinct l.account, l.currency from guarantee.bank_statement l) s
    left join guarantee.bank_account a on a.account = s.account and a.currency = s.currency
    left join guarantee.office o on o.office = a.office
   where o.office is null
  union all
  select 'bank statements add up', concat_ws(' ', s.account, s.currency, s."position"), s.closing || ' with ' || s.line_count || ' lines',
         s.opening + coalesce(l.amount, 0) || ' with ' || coalesce(l.count, 0) || ' lines'
    from guarantee.bank_statement s
    left join (
      select b.account, b.currency, b."position", sum(b.amount) as amount, count(*) as count from guarantee.bank_line b group by b.account, b.currency, b."position"
    ) l on l.account = s.account and l.currency = s.currency and l."position" = s."position"
   where s.opening + coalesce(l.amount, 0) <> s.closing or coalesce(l.count, 0) <> s.line_count
  union all
  select 'bank statements connect', concat_ws(' ', s.account, s.currency, s."position"),
         concat_ws(' ', s.number, coalesce(s.closed, s.opening), 'from', coalesce(s.closed_on, s.closes_on), 'or later'), concat_ws(' ', s."position", s.opening, 'until', s.closes_on)
    from (select x.*, row_number() over w as number, lag(x.closing) over w as closed, lag(x.closes_on) over w as closed_on
            from guarantee.bank_statement x window w as (partition by x.account, x.currency order by x."position")) s
   where s."position" <> s.number or s.opening <> s.closed or s.closes_on < s.closed_on
  union all
  select 'bank lines are of a statement', l.line::text, concat_ws(' ', 'a statement', l.account, l.currency, l."position"), 'none'
    from guarantee.bank_line l
    left join guarantee.bank_statement s on s.account = l.account and s.currency = l.currency and s."position" = l."position"
   where s.account is null
  union all
  select 'bank lines lie within their statement', l.line::text, 'a day until ' || s.closes_on, l.booked_on::text
    from guarantee.bank_line l
    join guarantee.bank_statement s on s.account = l.account and s.currency = l.currency and s."position" = l."position"
   where l.booked_on > s.closes_on
  union all
  select 'matches hold what there is', p.match || ' ' || p.part, coalesce('line ' || p.line, 'the entry of event ' || p.key) || ' in a match',
         case when m.match is null then 'no match' else 'none' end
    from guarantee_api.bank_part p
    left join guarantee.bank_match m on m.match = p.match
   where m.match is null or p.amount is null
  union all
  select 'matches hold something', m.match::text, 'at least 2 parts', count(p.match) || ' parts'
    from guarantee.bank_match m
    left join guarantee.bank_match_part p on p.match = m.match
   group by m.match
  having count(p.match) < 2
  union all
  select 'matches are of one custody account', p.match || ' ' || p.part, concat_ws(' ', m.office, m.currency), concat_ws(' ', p.office, p.currency)
    from guarantee_api.bank_part p
    join guarantee.bank_match m on m.match = p.match
   where (p.office, p.currency) <> (m.office, m.currency)
  union all
  select 'matches say by how much they differ', m.match::text, m.rule || ' ' || m.difference, m.rule || ' ' || p.amount
    from guarantee.bank_match m
    join (select x.match, sum(x.amount) as amount from guarantee_api.bank_part x group by x.match) p on p.match = m.match
   where p.amount <> m.difference or m.difference <> 0 and m.rule not in ('charges', 'short', 'over', 'person')
  union all
  select 'matches stand or are undone', p.match || ' ' || p.part, case when m.undone_at is null then 'it stands' else 'undone' end,
         case when p.live then 'it stands' else 'undone' end
    from guarantee.bank_match_part p
    join guarantee.bank_match m on m.match = p.match
   where p.live <> (m.undone_at is null)
  union all
  select 'nothing is matched twice', coalesce('line ' || p.line, p.key), 'in 1 match', 'in ' || count(*)
    from guarantee.bank_match_part p
   where p.live
   group by p.line, p.key
  having count(*) > 1
  union all
  select 'the bank''s book says when it changed last', '', coalesce(max(x.at)::text, 'never'), coalesce((select b.changed_at from guarantee.bank_book b)::text, 'never')
    from (select s.imported_at as at from guarantee.bank_statement s
           union all select greatest(m.made_at, m.confirmed_at, m.undone_at) from guarantee.bank_match m) x
  having max(x.at) > coalesce((select b.changed_at from guarantee.bank_book b), '-infinity')
$$;
comment on function guarantee_api.check_bank() is 'A row for whatever of the bank''s side does not fit: statements, their lines, and what was matched with the ledger''s entries';
