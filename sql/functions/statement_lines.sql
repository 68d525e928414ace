create function guarantee_api.statement_lines(account text, dispute text, guarantor text, since date, until date, first bigint)
returns table ("on" date, key text, event text, account_name text, reference text, line smallint, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  with entry as materialized (
    select n.office, n.sequence, n.line, n.account_id, n.amount, n."on", n.key
      from guarantee_api.statement_entries(
        statement_lines.account, statement_lines.dispute, statement_lines.guarantor, statement_lines.since, statement_lines.until,
        statement_lines.first) n
  ), holder as materialized (
    select a.account_id, a.name as account, r.normal_side, c.minor_digits,
           coalesce(o.balance, 0) as opening
      from (select distinct n.account_id from entry n) k
      join guarantee.account a on a.account_id = k.account_id
      left join lateral guarantee_api.balance_through(a.account_id, statement_lines.since - 1) o on statement_lines.since is not null
      join guarantee.account_role r on r.role = a.role
      join guarantee.currency c on c.currency = a.currency
  )
  select n."on", n.key, e.event, a.account, e.fields ->> 'reference', n.line,
         case when n.amount > 0 then guarantee_api.money(n.amount, a.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, a.minor_digits) end,
         guarantee_api.money(
           a.opening + sum(n.amount * a.normal_side) over (partition by n.account_id order by n."on", n.key, n.line), a.minor_digits)
    from entry n
    join holder a on a.account_id = n.account_id
    join guarantee.event e on e.office = n.office and e.sequence = n.sequence
$$;
comment on function guarantee_api.statement_lines(text, text, text, date, date, bigint) is
  'The entries of an account, a dispute or a guarantor in a period, with each account''s balance on its normal side after them by date';
