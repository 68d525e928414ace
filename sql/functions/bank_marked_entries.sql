create function guarantee_api.bank_marked_entries(rule text, entries guarantee_api.bank_open_entry[])
returns table (key text, office text, currency text, amount bigint, mark text)
language sql stable as $$
  select distinct e.key, e.office, e.currency, e.amount, m.mark
    from unnest(entries) e
    cross join lateral unnest(
      case bank_marked_entries.rule when 'dispute' then array[e.dispute] when 'payer' then e.parties when 'amount' then '{""}' else e.marks end) m (mark)
   where m.mark is not null
$$;
comment on function guarantee_api.bank_marked_entries(text, guarantee_api.bank_open_entry[]) is 'By what a rule compares entries with lines';
