create function guarantee_api.bank_unequal(
  lines guarantee_api.bank_open_line[], entries guarantee_api.bank_open_entry[], days integer, charges numeric)
returns setof guarantee_api.bank_pairing
language sql stable set enable_nestloop = off as $$
  with candidate as materialized (
    select l.line, e.key, m.mark, l.amount - e.amount as difference, l.proposed or e.proposed as proposed, c.minor_digits,
           l.charges > 0 and l.amount - e.amount = -l.charges as is_charged, guarantee_api.bank_doubt(l.disputes, e.dispute, l.amount, l.counterparty, l.payers, e.parties) as doubt,
           count(*) over (partition by l.line) as keys, count(*) over (partition by e.key) as lines, abs(l.amount) < abs(e.amount) as is_less
      from (select s.line, s.key, min(s.mark) as mark from guarantee_api.bank_shared_marks(lines, entries) s group by s.line, s.key) m
      join unnest(lines) l on l.line = m.line
      join unnest(entries) e on e.key = m.key
      left join guarantee_api.bank_apart a on a.line = l.line and a.key = e.key
      join guarantee.currency c on c.currency = l.currency
     where e.amount <> l.amount and abs(l.booked_on - e."on") <= bank_unequal.days and a.line is null
  )
  select array[c.line], array[c.key],
         case when c.is_charged or -c.difference between 1 and charges * 10::numeric ^ c.minor_digits then 'charges' when c.is_less then 'short' else 'over' end,
         'reference ' || c.mark || ', ' || guarantee_api.money(abs(c.difference), c.minor_digits)
           || case when c.is_less then ' less' else ' more' end || ' at the bank'
           || case when c.is_charged then ', as the bank says that it charged' else '' end || coalesce('; ' || c.doubt, ''),
         c.is_charged and c.doubt is null
    from candidate c
   where c.keys = 1 and c.lines = 1
     and (c.is_charged and c.doubt is null or not c.proposed)
$$;
comment on function guarantee_api.bank_unequal(guarantee_api.bank_open_line[], guarantee_api.bank_open_entry[], integer, numeric) is
  'Lines and entries of the same reference and another amount: for sure where the bank names the difference as its charges, else as a proposal. charges is how much in the currency''s unit may be charges that the bank does not name';
