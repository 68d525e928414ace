create function guarantee_api.report_closing(office text default null, through date default null)
returns table (office text, through date, account text, opening numeric, debit numeric, credit numeric, closing numeric,
               role text, dispute text, guarantor text, currency text)
language sql stable as $$
  select b.office, b.through, guarantee_api.account_name(b.office, b.role, b.dispute, b.guarantor, b.currency),
         guarantee_api.money(b.opening, c.minor_digits), guarantee_api.money(b.debit, c.minor_digits),
         guarantee_api.money(b.credit, c.minor_digits), guarantee_api.money(b.closing, c.minor_digits),
         b.role, b.dispute, b.guarantor, b.currency
    from (
      select x.office, max(x.through) as through
        from guarantee.closing x
       where (report_closing.office is null or x.office = report_closing.office)
         and (report_closing.through is null or x.through <= report_closing.through)
       group by x.office
    ) l
    join guarantee.closing_balance b on b.office = l.office and b.through = l.through
    join guarantee.currency c on c.currency = b.currency
   order by b.office, b.role, b.dispute, b.guarantor, b.currency
$$;
comment on function guarantee_api.report_closing(text, date) is
  'The latest closing of each office, or the latest through a day: what each account had, what was debited and credited in the period, and what it had at its end';
