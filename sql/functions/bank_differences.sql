create function guarantee_api.bank_differences(of_office text, of_currency text)
returns table (office text, currency text, rank integer, item text, reason text, "on" date, amount numeric, key text, line bigint,
               reference text, counterparty text, match bigint, note text)
language sql stable as $$
  with held as materialized (
    select h.* from guarantee_api.bank_held(bank_differences.of_office, bank_differences.of_currency) h
  ), entry as materialized (
    select * from guarantee_api.bank_entries(bank_differences.of_office, bank_differences.of_currency)
  ), part as materialized (
    select p.match, p.line, p.key, coalesce(l.booked_on, e."on") as "on"
      from guarantee.bank_match_part p
      left join guarantee.bank_line l on l.line = p.line
      left join entry e on e.key = p.key
     where p.live
  ), standing as materialized (
    -- A match counts when it is sure or confirmed, and all that it holds is of that day or before.
    select m.match, m.office, m.currency, m.rule, m.reason, m.difference, x.is_sure, x.is_sure and bool_and(p."on" is not null) as is_settled,
           max(p."on") as last_on, min(p.line) as line, string_agg(p.key, ' ' order by p.key) as keys
      from guarantee.bank_match m
      cross join lateral (select m.is_sure or m.confirmed_at is not null as is_sure) x
      join part p on p.match = m.match
     where m.undone_at is null
     group by m.match, m.office, m.currency, m.rule, m.reason, m.difference, x.is_sure
  ), entries as (
    select e.*, m.match, coalesce(m.is_sure, false) as has_match, coalesce(m.is_settled, false) as is_settled,
           case when not m.is_sure then m.rule end as rule, m.reason as why
      from entry e
      left join (part p join standing m on m.match = p.match) on p.key = e.key
  ), lines as materialized (
    select b.office, l.*, m.match, coalesce(m.is_settled, false) as is_settled, case when not m.is_sure then m.rule end as rule, m.reason as why
      from guarantee.bank_line l
      join guarantee.bank_account b on b.account = l.account and b.currency = l.currency
      join held h on h.office = b.office and h.currency = b.currency
      left join (part p join standing m on m.match = p.match) on p.line = l.line
  ), opened as (
    select h.office, h.currency, h.opens_on, h.opening - coalesce(x.amount, 0) as amount
      from held h
      left join (
        select e.office, e.currency, sum(e.amount) as amount from entries e where e.is_before and not e.has_match group by e.office, e.currency
      ) x on x.office = h.office and x.currency = h.currency
  ), open_line as materialized (
    select l.* from lines l where not l.is_settled
  ), marked as (
    select l.line, l.account, l.currency, l.amount, m.mark
      from lines l
      cross join lateral unnest(array_remove(l.marks, guarantee_api.bank_mark(l.reference))) m (mark)
     where m.mark ~ '[0-9]' and (l.account, l.currency, l.amount) in (select o.account, o.currency, o.amount from open_line o)
  ), second_line as materialized (
    -- Booked again with the same reference of the payment and the same amount.
    select distinct m.line
      from (select x.line, min(x.line) over (partition by x.account, x.currency, x.amount, x.mark) as first from marked x) m
     where m.first < m.line
  ), open_entry as materialized (
    select e.*, v.event, v.dispute, v.fields ->> 'guarantor' as guarantor, v.fields ->> 'reference' as reference,
           v.reverses is not null or exists (select from guarantee.event r where r.reverses = e.key) as is_reversed
      from entries e
      join guarantee.event v on v.key = e.key
     where not e.is_settled and (not e.is_before or e.has_match)
  ), second_entry as materialized (
    -- Recorded again with the same reference and amount.
    select x.key
      from (
        select e.key, row_number() over (partition by e.office, e.currency, e.amount, v.fields ->> 'reference' order by e."on", e.key) as number
          from entry e
          join guarantee.event v on v.key = e.key
         where v.fields ->> 'reference' is not null
           and (e.office, e.currency, e.amount) in (select o.office, o.currency, o.amount from open_entry o where o.reference is not null)
      ) x
     where x.number > 1
  )
  -- What the first statement opened with, against what the ledger had by then and never matched with a later line.
  select o.office, o.currency, 1, 'opening', 'before_statements', o.opens_on, o.amount, null, null::bigint, null, null, null::bigint,
         'what the first statement opens with, less the ledger''s balance on that day'
    from opened o
   where o.amount <> 0
   union all
  select l.office, l.currency, 2, 'bank',
         case when l.rule in ('short', 'over', 'wrong payer', 'wrong payee') then replace(l.rule, ' ', '_')
              when l.rule = 'charges' then case when l.amount > 0 then 'short' else 'over' end
              when l.is_reversal or l.is_return then 'reversed'
              when s.line is not null then 'duplicate'
              when l.amount > 0 and not l.is_interest then 'unidentified'
              else 'bank_only' end,
         l.booked_on, l.amount, null, l.line, l.reference, l.counterparty, l.match, coalesce(l.why, l.purpose)
    from open_line l
    left join second_line s on s.line = l.line
   union all
  select e.office, e.currency, 3, 'ledger',
         case when e.rule in ('short', 'over', 'wrong payer', 'wrong payee') then replace(e.rule, ' ', '_')
              when e.rule = 'charges' then case when e.amount > 0 then 'short' else 'over' end
              when e.is_reversed then 'reversed'
              when s.key is not null then 'duplicate'
              else 'in_transit' end,
         e."on", -e.amount, e.key, null, e.reference, coalesce(e.guarantor, e.dispute), e.match, coalesce(e.why, e.event)
    from open_entry e
    left join second_entry s on s.key = e.key
   union all
  select m.office, m.currency, 4, 'difference',
         case when m.rule = 'over' or m.rule <> 'short' and (m.difference < 0) = (coalesce(x.amount, 0) < 0) then 'over' else 'short' end,
         m.last_on, m.difference, m.keys, m.line, null, null, m.match, m.reason
    from standing m
    join held h on h.office = m.office and h.currency = m.currency
    cross join lateral (
      select sum(l.amount) as amount from part p join guarantee.bank_line l on l.line = p.line where p.match = m.match
    ) x
   where m.is_settled and m.difference <> 0
$$;
comment on function guarantee_api.bank_differences(text, text) is
  'Everything that keeps the ledger''s balance of a custody account apart from the bank''s, each by itself, in minor units on the way from the ledger to the bank';
