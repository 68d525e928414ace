create function guarantee_api.bank_lines_left(lines guarantee_api.bank_open_line[], pairings guarantee_api.bank_pairing[])
returns guarantee_api.bank_open_line[]
language sql stable as $$
  with taken as materialized (
    select i.line, bool_or(p.is_sure) as is_sure from unnest(pairings) p cross join lateral unnest(p.lines) i (line) group by i.line
  )
  select array(
    select (l.line, l.office, l.currency, l.account, l.amount, l.charges, l.booked_on, l.marks, l.words, l.disputes, l.counterparty, l.payers, l.taken_back,
            l.reversal, l.proposed or t.line is not null)::guarantee_api.bank_open_line
      from unnest(lines) l
      left join taken t on t.line = l.line
     where t.is_sure is not true)
$$;
comment on function guarantee_api.bank_lines_left(guarantee_api.bank_open_line[], guarantee_api.bank_pairing[]) is
  'The lines that matches leave open: those in none, and those for which something was only proposed';
