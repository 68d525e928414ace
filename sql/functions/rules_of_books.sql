create function guarantee_api.rules_of_books() returns table (kind text, code text, instrument text, says text)
language sql stable as $$
  select 'event', t.event, i.instrument,
         concat_ws('; ', t.effects::text,
           (select string_agg(concat_ws(' ', p.role, p.side, p.of_dispute, p.of_guarantor), ', ' order by p.role, p.side)
              from guarantee.posting p where p.event = t.event and p.instrument = i.instrument))
    from guarantee.event_type t
    cross join lateral (select '' as instrument union select p.instrument from guarantee.posting p where p.event = t.event) i
  union all
  select 'account', r.role, '', concat_ws(' ', r.ledger, r.normal_side, r.of_dispute, r.of_guarantor, r.measures::text) from guarantee.account_role r
  union all
  select 'currency', c.currency, '', c.minor_digits::text from guarantee.currency c
$$;
comment on function guarantee_api.rules_of_books() is
  'The rules on which it rests what recorded events have booked and what it counts for: of each event and instrument, each account, each currency';
