create function guarantee_api.bank_open_lines()
returns table (line bigint, office text, currency text, account text, amount bigint, charges bigint, booked_on date, tokens text[], text_token text,
               counterparty text, is_reversal boolean, is_return boolean, is_interest boolean, proposed boolean)
language sql stable as $$
  select l.line, a.office, l.currency, l.account, l.amount, l.charges, l.booked_on, l.tokens, coalesce(guarantee_api.bank_token(l.purpose), ''),
         guarantee_api.bank_token(l.counterparty), l.is_reversal, l.is_return, l.is_interest, m.match is not null
    from guarantee.bank_line l
    join guarantee.bank_account a on a.account = l.account and a.currency = l.currency
    left join (guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match) on p.line = l.line and p.live
   where m.match is null or not m.is_sure and m.confirmed_at is null
$$;
comment on function guarantee_api.bank_open_lines() is 'Lines of the bank that nothing was matched with for sure; proposed when something may have been';
