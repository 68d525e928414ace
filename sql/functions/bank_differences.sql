create function guarantee_api.bank_differences(as_of date, known_at timestamptz)
returns table (office text, currency text, rank integer, item text, reason text, "on" date, amount numeric, key text, line bigint,
               reference text, counterparty text, match bigint, note text)
language sql stable as $$
  with begun as materialized (
    select b.office, b.currency, min(s.opens_on) as opens_on, sum(s.opening) as opening
      from guarantee.bank_account b
      join guarantee.bank_statement s on s.account = b.account and s.currency = b.currency and s."position" = 1
     where s.opens_on <= as_of and s.imported_at <= known_at
     group by b.office, b.currency
  ), matched as materialized (
    select * from guarantee_api.bank_matched(as_of, known_at)
  ), entries as materialized (
    select a.office, a.currency, n.amount, e."on", e.key, e.event, e.reverses, e.dispute, e.fields ->> 'guarantor' as guarantor, e.fields ->> 'reference' as reference,
           e."on" < b.opens_on as is_before, m.match, case when not m.is_sure then m.rule end as rule, m.reason, coalesce(m.is_settled, false) as is_settled,
           coalesce(m.is_sure, false) as has_match
      from begun b
      join guarantee.account a on a.office = b.office and a.currency = b.currency and a.role = 'bank'
      join guarantee.entry n on n.account_id = a.account_id
      join guarantee.event e on e.office = n.office and e.sequence = n.sequence
      left join (guarantee.bank_match_part p join matched m on m.match = p.match) on p.key = e.key
     where e."on" <= as_of and e.recorded_at <= known_at
  ), lines as materialized (
    select b.office, l.*, m.match, case when not m.is_sure then m.rule end as rule, m.reason, coalesce(m.is_settled, false) as is_settled
      from guarantee.bank_line l
      join guarantee.bank_account b on b.account = l.account and b.currency = l.currency
      join guarantee.bank_statement s on s.account = l.account and s.currency = l.currency and s."position" = l."position" and s.imported_at <= known_at
      left join (guarantee.bank_match_part p join matched m on m.match = p.match) on p.line = l.line
     where l.booked_on <= as_of
  )
  -- What the first statement opened with, against what the ledger had by then and never matched with a later line.
  select b.office, b.currency, 1, 'opening', 'before_statements', b.opens_on, b.opening - coalesce(x.amount, 0), null, null::bigint, null, null, null::bigint,
         'what the first statement opens with, less the ledger''s balance on that day'
    from begun b
    left join lateral (
      select sum(e.amount) as amount from entries e
       where e.office = b.office and e.currency = b.currency and e.is_before and not e.has_match
    ) x on true
   where b.opening <> coalesce(x.amount, 0)
   union all
  select l.office, l.currency, 2, 'bank',
         case when l.rule in ('short', 'over', 'wrong payer') then replace(l.rule, ' ', '_')
              when l.rule = 'charges' then case when l.amount > 0 then 'short' else 'over' end
              when l.is_reversal or l.is_return then 'reversed'
              when exists (
                select from lines o where o.account = l.account and o.currency = l.currency and o.amount = l.amount and o.line < l.line
                   and array_remove(o.tokens, guarantee_api.bank_token(o.reference)) && array_remove(l.tokens, guarantee_api.bank_token(l.reference))) then 'duplicate'
              when l.amount > 0 and not l.is_interest then 'unidentified'
              else 'bank_only' end,
         l.booked_on, l.amount, null, l.line, l.reference, l.counterparty, l.match, coalesce(l.reason, l.purpose)
    from lines l
   where not l.is_settled
   union all
  select e.office, e.currency, 3, 'ledger',
         case when e.rule in ('short', 'over', 'wrong payer') then replace(e.rule, ' ', '_')
              when e.rule = 'charges' then case when e.amount > 0 then 'short' else 'over' end
              when e.reverses is not null or exists (select from entries r where r.reverses = e.key) then 'reversed'
              when exists (
                select from entries o where o.office = e.office and o.currency = e.currency and o.amount = e.amount and o.reference = e.reference
                   and o.key <> e.key and (o."on", o.key) < (e."on", e.key)) then 'duplicate'
              else 'in_transit' end,
         e."on", -e.amount, e.key, null, e.reference, coalesce(e.guarantor, e.dispute), e.match, coalesce(e.reason, e.event)
    from entries e
   where not e.is_settled and (not e.is_before or e.has_match)
   union all
  select m.office, m.currency, 4, 'difference',
         case when m.rule = 'over' or m.rule <> 'short' and (m.difference < 0) = (coalesce(x.amount, 0) < 0) then 'over' else 'short' end,
         m.last_on, m.difference, x.keys, x.line, null, null, m.match, m.reason
    from matched m
    cross join lateral (
      select string_agg(p.key, ' ' order by p.key) as keys, min(p.line) as line, sum(l.amount) as amount
        from guarantee.bank_match_part p left join guarantee.bank_line l on l.line = p.line where p.match = m.match
    ) x
   where m.is_settled and m.difference <> 0
$$;
comment on function guarantee_api.bank_differences(date, timestamptz) is
  'Everything that keeps the ledger''s balance of a custody account apart from the bank''s, each by itself, in minor units on the way from the ledger to the bank';
