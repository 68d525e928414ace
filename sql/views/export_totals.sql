create function guarantee_api.export_totals() returns table (ledger text, currency text, debit numeric, credit numeric)
language sql stable as $$
  select r.ledger, a.currency,
         guarantee_api.money(coalesce(sum(a.balance) filter (where r.normal_side = 1), 0), c.minor_digits),
         guarantee_api.money(coalesce(sum(a.balance) filter (where r.normal_side = -1), 0), c.minor_digits)
    from guarantee.account a
    join guarantee.account_role r on r.role = a.role
    join guarantee.currency c on c.currency = a.currency
   group by r.ledger, a.currency, c.minor_digits
   order by r.ledger, a.currency
$$;
comment on function guarantee_api.export_totals() is 'What the balances of each ledger and currency come to on either side, for the audit pack''s manifest';

create function guarantee_api.export_heads() returns table (office text, sequence bigint, hash text)
language sql stable as $$
  select b.office, b.sequence, encode(b.hash, 'hex') from guarantee.book b where b.sequence > 0 order by b.office
$$;
comment on function guarantee_api.export_heads() is 'How far the journal of each office goes, for the audit pack''s manifest';

create function guarantee_api.export_period() returns table (first_on text, last_on text, known_at text)
language sql stable as $$
  select to_char(min(e."on"), 'YYYY-MM-DD'), to_char(max(e."on"), 'YYYY-MM-DD'),
         to_char(max(e.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from guarantee.event e
$$;
comment on function guarantee_api.export_period() is 'The dates of the journal''s first and last events, and when the latest was recorded, for the audit pack''s manifest';
