create function guarantee_api.bank_groups(lines guarantee_api.bank_open_line[], entries guarantee_api.bank_open_entry[], days integer)
returns setof guarantee_api.bank_pairing
language sql stable set enable_nestloop = off as $$
  with pair as materialized (
    select l.line, e.key, m.mark, l.amount as line_amount, e.amount as key_amount, e.owner, l.proposed or e.proposed as proposed,
           guarantee_api.bank_doubt(l.disputes, e.dispute, l.amount, l.counterparty, l.payers, e.parties) as doubt
      from guarantee_api.bank_shared_marks(lines, entries) m
      join unnest(lines) l on l.line = m.line
      join unnest(entries) e on e.key = m.key
      left join guarantee_api.bank_apart a on a.line = l.line and a.key = e.key
     where abs(l.booked_on - e."on") <= bank_groups.days and a.line is null
  ), sums as (
    -- Several entries of one reference that the bank booked in one line.
    select 1 as kind, array[p.line] as lines, array_agg(p.key order by p.key) as keys, p.mark, bool_or(p.proposed) as proposed,
           coalesce(min(p.doubt), case when min(p.owner) <> max(p.owner) then 'they are of several disputes or guarantors' end) as doubt
      from pair p group by p.line, p.mark, p.line_amount having count(*) > 1 and sum(p.key_amount) = p.line_amount
     union all
    -- Several lines of one reference that the ledger has in one entry.
    select 2, array_agg(p.line order by p.line), array[p.key], p.mark, bool_or(p.proposed), min(p.doubt)
      from pair p group by p.key, p.mark, p.key_amount having count(*) > 1 and sum(p.line_amount) = p.key_amount
  ), numbered as (
    select s.*, row_number() over (order by s.doubt nulls first, s.kind, s.lines, s.keys, s.mark) as number from sums s
     where s.doubt is null or not s.proposed
  ), part as materialized (
    select n.number, p.line, p.key from numbered n cross join lateral (select unnest(n.lines), null union all select null, unnest(n.keys)) p (line, key)
  ), first as (
    select p.number, min(p.number) over (partition by p.line, p.key) as first from part p
  )
  select n.lines, n.keys, case n.kind when 1 then 'entries' else 'lines' end,
         'reference ' || n.mark
           || case n.kind when 1 then ', ' || cardinality(n.keys) || ' entries come to the line''s amount'
                          else ', ' || cardinality(n.lines) || ' lines come to the entry''s amount' end
           || coalesce('; ' || n.doubt, ''),
         n.doubt is null
    from numbered n
   where not exists (select from first f where f.number = n.number and f.first < n.number)
$$;
comment on function guarantee_api.bank_groups(guarantee_api.bank_open_line[], guarantee_api.bank_open_entry[], integer) is
  'One line with several entries and one entry with several lines, by a reference that all of them have and amounts that come to the same';
