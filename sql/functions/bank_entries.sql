create function guarantee_api.bank_entries(of_office text, of_currency text)
returns table (office text, currency text, key text, "on" date, amount bigint, is_before boolean)
language sql stable as $$
  select h.office, h.currency, n.key, n."on", n.amount, n."on" < h.opens_on
    from guarantee_api.bank_held(bank_entries.of_office, bank_entries.of_currency) h
    join guarantee.account a on a.office = h.office and a.currency = h.currency and a.role = 'bank'
    join guarantee.entry n on n.account_id = a.account_id and n."on" <= h.as_of
$$;
comment on function guarantee_api.bank_entries(text, text) is
  'The entries on custody accounts that have statements, until the day that these are of; before when they are older than the first statement';
