create function guarantee_api.export_closings()
returns table (office text, through text, sequence bigint, previous text, account_count bigint, balances text, disputes text, lots text, closing_hash text)
language sql stable as $$
  select c.office, to_char(c.through, 'YYYY-MM-DD'), c.sequence, encode(c.previous, 'hex'), c.account_count, encode(c.balances, 'hex'),
         c.disputes::text, c.lots::text, encode(c.hash, 'hex')
    from guarantee.closing c
   order by c.office, c.through
$$;
comment on function guarantee_api.export_closings() is 'The closings for the audit pack, by office and day';

create function guarantee_api.export_closing_balances()
returns table (office text, role text, dispute text, guarantor text, currency text, through text,
               opening numeric, debit numeric, credit numeric, closing numeric)
language sql stable as $$
  select b.office, b.role, nullif(b.dispute, ''), nullif(b.guarantor, ''), b.currency, to_char(b.through, 'YYYY-MM-DD'),
         guarantee_api.money(b.opening, c.minor_digits), guarantee_api.money(b.debit, c.minor_digits),
         guarantee_api.money(b.credit, c.minor_digits), guarantee_api.money(b.closing, c.minor_digits)
    from guarantee.closing_balance b
    join guarantee.currency c on c.currency = b.currency
   order by b.office, b.role, b.dispute, b.guarantor, b.currency, b.through
$$;
comment on function guarantee_api.export_closing_balances() is
  'The accounts of the closings for the audit pack, account by account, so that each closing stands behind the one before';
