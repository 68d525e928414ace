create function guarantee_api.bank_open_entries(days integer) returns setof guarantee_api.bank_open_entry
language sql stable as $$
  with begun as (
    select b.office, b.currency, min(s.opens_on) as opens_on
      from guarantee.bank_account b
      join guarantee.bank_statement s on s.account = b.account and s.currency = b.currency and s."position" = 1
     group by b.office, b.currency
  ), free as materialized (
    select n.office, n.sequence, n.key, n."on", n.amount, b.currency, m.match is not null as proposed
      from begun b
      join guarantee.account a on a.office = b.office and a.currency = b.currency and a.role = 'bank'
      join guarantee.entry n on n.account_id = a.account_id and n."on" >= b.opens_on - bank_open_entries.days
      left join (guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match) on p.key = n.key and p.live
     where m.match is null or not m.is_sure and m.confirmed_at is null
  ), party as materialized (
    select p.party, array_remove(array[guarantee_api.bank_mark(p.name), guarantee_api.bank_mark(p.party)], null) as names
      from guarantee.party p where p.name is not null
  ), whose as materialized (
    -- What goes out goes to whom it was held for. Who gets what a passed deadline takes, the ledger doesn't know.
    select x.key, bool_and(e.event not in (select t.event from guarantee.deadline_expiry t)) as is_known, bool_or(a.guarantor <> '') as of_guarantor,
           bool_or('of_right_holder' = any(r.measures)) as of_right_holder, bool_or('of_consignor' = any(r.measures)) as of_consignor
      from free x
      join guarantee.event e on e.office = x.office and e.sequence = x.sequence
      join guarantee.entry n on n.office = x.office and n.sequence = x.sequence
      join guarantee.account a on a.account_id = n.account_id
      join guarantee.account_role r on r.role = a.role
     where x.amount < 0 and e.reverses is null
     group by x.key
  )
  select x.key, x.office, x.currency, x.amount, x."on", e.dispute,
         coalesce(e.dispute, '') || '/' || coalesce(e.fields ->> 'guarantor', ''),
         guarantee_api.bank_marks(jsonb_build_array(e.fields ->> 'reference', e.key)),
         coalesce(g.names, '{}') || coalesce(h.names, '{}') || coalesce(c.names, '{}'), e.reverses, x.proposed
    from free x
    join guarantee.event e on e.office = x.office and e.sequence = x.sequence
    left join guarantee.dispute d on d.dispute = e.dispute
    left join whose w on w.key = x.key
    left join party g on g.party = e.fields ->> 'guarantor' and coalesce(w.is_known and w.of_guarantor, true)
    left join party h on h.party = d.right_holder and coalesce(w.is_known and w.of_right_holder, true)
    left join party c on c.party = d.consignor and coalesce(w.is_known and w.of_consignor, true)
$$;
comment on function guarantee_api.bank_open_entries(integer) is
  'Entries on custody accounts, by their events'' keys, that nothing of the bank was matched with for sure, from so many days before the first statement on';
