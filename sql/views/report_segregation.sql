create function guarantee_api.report_segregation(office text default null)
returns table (office text, currency text, line text, role text, dispute text, guarantor text, depositor text, amount numeric)
language sql stable as $$
  with cash as materialized (
    select a.office, a.currency, a.role, a.dispute, a.guarantor, a.balance, r.normal_side,
           case when a.guarantor <> '' then a.guarantor
                when 'of_right_holder' = any(r.measures) then d.right_holder
                when 'of_consignor' = any(r.measures) then d.consignor
                else '' end as depositor
      from guarantee.account_role r
      cross join lateral (
        select x.* from guarantee.account x where x.role = r.role and not x.is_zero
        union all
        -- On the bank's side those at zero too: accounts of no dispute are found without looking at the others.
        select x.* from guarantee.account x where r.normal_side = 1 and x.role = r.role and x.is_zero and x.dispute = ''
        union all
        select x.* from guarantee.account x where r.normal_side = 1 and x.role = r.role and x.is_zero and x.dispute <> '' and r.of_dispute
      ) a
      -- Each looked up, as few accounts have anything left among those of all disputes.
      left join lateral (select x.right_holder, x.consignor from guarantee.dispute x where x.dispute = a.dispute offset 0) d on true
     where r.ledger = 'cash' and (report_segregation.office is null or a.office = report_segregation.office)
  )
  select x.office, x.currency, x.line, x.role, x.dispute, x.guarantor, x.depositor, guarantee_api.money(x.amount, c.minor_digits)
    from (
      select m.office, m.currency, case m.normal_side when 1 then 'bank' else 'claim' end as line, m.role, m.dispute, m.guarantor, m.depositor, m.balance as amount
        from cash m
      union all
      select m.office, m.currency, t.line, '', '', '', '',
             coalesce(case t.line when 'claims' then sum(m.balance) filter (where m.normal_side = -1) else sum(m.balance * m.normal_side) end, 0)
        from cash m cross join (values ('claims'), ('difference')) t (line)
       group by m.office, m.currency, t.line
    ) x
    join guarantee.currency c on c.currency = x.currency
   order by x.office, x.currency, x.line collate "C", x.role collate "C", x.dispute collate "C", x.guarantor collate "C"
$$;
comment on function guarantee_api.report_segregation(text) is
  'The custody bank account of each office and currency, every claim on it with whose money it is, what the claims come to, and the difference, which is none';
