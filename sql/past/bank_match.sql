create view guarantee_past.bank_match as
  select m.match, m.office, m.currency, m.rule, m.reason, m.difference, m.is_sure, m.made_at, m.made_by,
         case when m.confirmed_at <= k.known_at then m.confirmed_at end as confirmed_at, case when m.confirmed_at <= k.known_at then m.confirmed_by end as confirmed_by,
         case when m.undone_at <= k.known_at then m.undone_at end as undone_at, case when m.undone_at <= k.known_at then m.undone_by end as undone_by,
         case when m.undone_at <= k.known_at then m.undone_for end as undone_for
    from guarantee.bank_match m
    cross join (select guarantee_past.known_at() as known_at offset 0) k
   where m.made_at <= k.known_at;
comment on view guarantee_past.bank_match is
  'The matches that had been made by then, as they stood: confirmed or undone if that was known. A match is of no day: it says what belongs together';
