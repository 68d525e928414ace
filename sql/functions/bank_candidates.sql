create function guarantee_api.bank_candidates(
  rule text, lines guarantee_api.bank_open_line[], entries guarantee_api.bank_open_entry[], days integer)
returns setof guarantee_api.bank_candidate
language sql stable set enable_nestloop = off as $$
  with marked_line as materialized (
    select l.*, count(*) over (partition by l.office, l.currency, l.amount, l.mark) as crowd
      from guarantee_api.bank_marked_lines(bank_candidates.rule, lines) l
  ), marked_entry as materialized (
    select e.*, count(*) over (partition by e.office, e.currency, e.amount, e.mark) as crowd
      from guarantee_api.bank_marked_entries(bank_candidates.rule, entries) e
  ), pair as materialized (
    -- Where more than fifty of one amount share a mark, it tells nothing.
    select l.line, e.key, min(l.mark) as mark
      from marked_line l
      join marked_entry e on e.office = l.office and e.currency = l.currency and e.amount = l.amount and e.mark = l.mark
     where l.crowd <= 50 and e.crowd <= 50
     group by l.line, e.key
  ), named as (
    select m.line, array_agg(m.key) as keys
      from guarantee_api.bank_shared_marks(lines, entries) m
     where bank_candidates.rule in ('dispute', 'payer', 'amount')
     group by m.line
  )
  select l.line, e.key, e.owner, abs(l.booked_on - e."on"),
         case bank_candidates.rule
           when 'reference' then 'reference ' || p.mark when 'text' then 'the text has ' || p.mark when 'dispute' then 'dispute ' || p.mark
           when 'payer' then 'party ' || p.mark else 'amount and date' end,
         coalesce(case when bank_candidates.rule = 'amount' then 'nothing but amount and date fit' end,
                  guarantee_api.bank_doubt(l.disputes, e.dispute, l.amount, case when bank_candidates.rule <> 'payer' then l.counterparty end, l.payers, e.parties),
                  case when n.line is not null and e.key <> all(n.keys) then 'the payment has the reference of another entry' end),
         l.proposed or e.proposed, dense_rank() over (order by l.line)::integer, dense_rank() over (order by e.key)::integer
    from pair p
    join unnest(lines) l on l.line = p.line
    join unnest(entries) e on e.key = p.key
    left join named n on n.line = p.line
    left join guarantee_api.bank_apart a on a.line = p.line and a.key = p.key
   where abs(l.booked_on - e."on") <= bank_candidates.days and a.line is null
$$;
comment on function guarantee_api.bank_candidates(text, guarantee_api.bank_open_line[], guarantee_api.bank_open_entry[], integer) is
  'Lines and entries of the same amount within so many days of each other that a rule holds together, with what speaks for it and against it';
