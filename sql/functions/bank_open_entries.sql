create function guarantee_api.bank_open_entries(days integer)
returns table (key text, office text, currency text, amount bigint, "on" date, event text, dispute text, guarantor text, owner text,
               tokens text[], parties text[], reverses text, proposed boolean)
language sql stable as $$
  select e.key, a.office, a.currency, n.amount, e."on", e.event, e.dispute, e.fields ->> 'guarantor',
         coalesce(e.dispute, '') || '/' || coalesce(e.fields ->> 'guarantor', ''),
         array_remove(array[guarantee_api.bank_token(e.fields ->> 'reference'), guarantee_api.bank_token(e.key)], null),
         array(select guarantee_api.bank_token(v.name)
                 from guarantee.party p
                 cross join lateral (values (p.name), (p.party)) v (name)
                where p.party in (e.fields ->> 'guarantor', d.right_holder, d.consignor) and p.name is not null),
         e.reverses, m.match is not null
    from (
      select b.office, b.currency, min(s.opens_on) as opens_on
        from guarantee.bank_account b
        join guarantee.bank_statement s on s.account = b.account and s.currency = b.currency
       group by b.office, b.currency
    ) b
    join guarantee.account a on a.office = b.office and a.currency = b.currency and a.role = 'bank'
    join guarantee.entry n on n.account_id = a.account_id and n."on" >= b.opens_on - bank_open_entries.days
    join guarantee.event e on e.office = n.office and e.sequence = n.sequence
    left join guarantee.dispute d on d.dispute = e.dispute
    left join (guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match) on p.key = e.key and p.live
   where m.match is null or not m.is_sure and m.confirmed_at is null
$$;
comment on function guarantee_api.bank_open_entries(integer) is
  'Entries on custody accounts, by their events'' keys, that nothing of the bank was matched with for sure. Owner is whose money it is: dispute and guarantor';
