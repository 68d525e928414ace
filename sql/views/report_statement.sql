create function guarantee_api.report_statement(account text default null, dispute text default null, guarantor text default null)
returns table ("on" date, key text, event text, account text, reference text, debit numeric, credit numeric, balance numeric)
language sql stable as $$
  select e."on", e.key, e.event, guarantee_api.account_name(a.office, a.role, a.dispute, a.guarantor, a.currency), e.fields ->> 'reference',
         case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end,
         guarantee_api.money(sum(n.amount * r.normal_side) over (
           partition by a.account_id order by e."on", e.key collate "C", n.line), c.minor_digits)
    from guarantee.account a
    join guarantee.account_role r on r.role = a.role
    join guarantee.currency c on c.currency = a.currency
    join guarantee.entry n on n.account_id = a.account_id
    join guarantee.event e on e.office = n.office and e.sequence = n.sequence
   where (report_statement.account is null or a.account_id in (select guarantee_api.accounts_named(report_statement.account)))
     and (report_statement.dispute is null or a.dispute = report_statement.dispute and a.office = (
           select d.office from guarantee.dispute d where d.dispute = report_statement.dispute))
     and (report_statement.guarantor is null or a.guarantor = report_statement.guarantor)
   order by e."on", e.key, e.event, 4, n.line
$$;
comment on function guarantee_api.report_statement(text, text, text) is
  'Entries of an account, a dispute or a guarantor by date, with each account''s balance on its normal side after them in that order';
