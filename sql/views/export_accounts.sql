create function guarantee_api.export_accounts()
returns table (office text, role text, dispute text, guarantor text, currency text, account text, balance numeric, version bigint)
language sql stable as $$
  select a.office, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency,
         a.name,
         guarantee_api.money(a.balance, c.minor_digits), a.version
    from guarantee.account a
    join guarantee.currency c on c.currency = a.currency
   order by a.office, a.role, a.dispute, a.guarantor, a.currency
$$;
comment on function guarantee_api.export_accounts() is 'The accounts for the audit pack, with balances on their normal sides';
