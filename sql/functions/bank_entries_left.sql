create function guarantee_api.bank_entries_left(entries guarantee_api.bank_open_entry[], pairings guarantee_api.bank_pairing[])
returns guarantee_api.bank_open_entry[]
language sql stable as $$
  with taken as materialized (
    select i.key, bool_or(p.is_sure) as is_sure from unnest(pairings) p cross join lateral unnest(p.keys) i (key) group by i.key
  )
  select array(
    select (e.key, e.office, e.currency, e.amount, e."on", e.dispute, e.owner, e.marks, e.parties, e.reverses,
            e.proposed or t.key is not null)::guarantee_api.bank_open_entry
      from unnest(entries) e
      left join taken t on t.key = e.key
     where t.is_sure is not true)
$$;
comment on function guarantee_api.bank_entries_left(guarantee_api.bank_open_entry[], guarantee_api.bank_pairing[]) is 'The entries that matches leave open';
