create function guarantee_api.report_flows(office text default null, from_date date default null, to_date date default null)
returns table (office text, currency text, debit_role text, credit_role text, amount numeric, events bigint)
language sql stable as $$
  select s.office, s.currency, s.debit_role, s.credit_role, guarantee_api.money(s.amount, c.minor_digits), s.events
    from (
      select d.office, a.currency, a.role as debit_role, b.role as credit_role, sum(d.amount) as amount, count(*) as events
        from guarantee.entry d
        join guarantee.entry k on k.office = d.office and k.sequence = d.sequence and k.line = d.line + 1 and k.amount = -d.amount
        join guarantee.account a on a.account_id = d.account_id
        join guarantee.account_role r on r.role = a.role and r.ledger = 'cash'
        join guarantee.account b on b.account_id = k.account_id
       where d.amount > 0
         and (report_flows.office is null or d.office = report_flows.office)
         and (report_flows.from_date is null or d."on" >= report_flows.from_date)
         and (report_flows.to_date is null or d."on" <= report_flows.to_date)
       group by d.office, a.currency, a.role, b.role
    ) s
    join guarantee.currency c on c.currency = s.currency
   order by s.office, s.currency, s.debit_role, s.credit_role
$$;
comment on function guarantee_api.report_flows(text, date, date) is
  'Money by the kinds of account between which it went in a period: what was debited and what was credited, where the bank account stands for whoever paid or was paid';
