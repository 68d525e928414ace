create function guarantee_api.report_flows(office text default null, from_date date default null, to_date date default null)
returns table (office text, currency text, debit_role text, credit_role text, amount numeric, events bigint)
language sql stable as $$
  select s.office, s.currency, s.debit_role, s.credit_role, guarantee_api.money(s.amount, c.minor_digits), s.events
    from (
      select f.office, f.currency, f.debit_role, f.credit_role, sum(f.amount) as amount, sum(f.times)::bigint as events
        from guarantee.flow f
        join guarantee.account_role r on r.role = f.debit_role and r.ledger = 'cash'
       where (report_flows.office is null or f.office = report_flows.office)
         and (report_flows.from_date is null or f."on" >= report_flows.from_date)
         and (report_flows.to_date is null or f."on" <= report_flows.to_date)
       group by f.office, f.currency, f.debit_role, f.credit_role
    ) s
    join guarantee.currency c on c.currency = s.currency
   order by s.office, s.currency, s.debit_role, s.credit_role
$$;
comment on function guarantee_api.report_flows(text, date, date) is
  'Money by the kinds of account between which it went in a period: what was debited and what was credited, where the bank account stands for whoever paid or was paid';
