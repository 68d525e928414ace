create function guarantee_api.export_entries()
returns table (office text, sequence bigint, line smallint, role text, dispute text, guarantor text, currency text,
               debit numeric, credit numeric, balance numeric, version bigint)
language sql stable as $$
  select n.office, n.sequence, n.line, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency,
         case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end,
         guarantee_api.money(n.balance, c.minor_digits), n.version
    from guarantee.entry n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.currency c on c.currency = a.currency
   order by n.office, n.sequence, n.line
$$;
comment on function guarantee_api.export_entries() is
  'The entries for the audit pack, by event and line, each with its account''s balance and number of entries after it';
