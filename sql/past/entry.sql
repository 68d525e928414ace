create view guarantee_past.entry as
  select n.sequence, n.account_id, n.amount, n.version, n."on", n.line, n.office, n.key, n.guarantor
    from guarantee.entry n
   where n."on" <= (select guarantee_past.as_of())
     and n.sequence <= coalesce(((select guarantee_past.known_through()) ->> n.office)::bigint, 9223372036854775807)
     and n.sequence <= coalesce(((select guarantee_past.pack_opening()) ->> n.office)::bigint, 9223372036854775807);
comment on view guarantee_past.entry is
  'The entries of those events. The balance after an entry is not among them, since it is that of the whole journal';
