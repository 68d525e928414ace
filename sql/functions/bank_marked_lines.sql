create function guarantee_api.bank_marked_lines(rule text, lines guarantee_api.bank_open_line[])
returns table (line bigint, office text, currency text, amount bigint, mark text)
language sql stable as $$
  select distinct l.line, l.office, l.currency, l.amount, m.mark
    from unnest(lines) l
    cross join lateral unnest(
      case bank_marked_lines.rule when 'reference' then l.marks when 'text' then l.words when 'dispute' then l.disputes when 'payer' then l.payers
                                  when 'amount' then '{""}' else l.marks || l.words end) m (mark)
$$;
comment on function guarantee_api.bank_marked_lines(text, guarantee_api.bank_open_line[]) is
  'By what a rule compares lines with entries: their references, the references in their text, the disputes or the parties that they name, nothing, or any reference';
