create view guarantee_past.entry as
  select n.sequence, n.account_id, n.amount, n.version,
         case when (select guarantee_past.as_of()) = 'infinity' then n.balance end as balance,
         n."on", n.line, n.office, n.key, n.guarantor
    from guarantee.entry n
   where n."on" <= (select guarantee_past.as_of())
     and n.sequence <= coalesce(((select guarantee_past.known_through()) ->> n.office)::bigint, 9223372036854775807);
comment on view guarantee_past.entry is 'The entries of those events';
comment on column guarantee_past.entry.balance is
  'The account''s balance after the entry in the order of recording; null of the books of a day, which leave some of those before it out';
