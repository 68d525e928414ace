create function guarantee_api.report_commitments(office text default null, dispute text default null, guarantor text default null)
returns table (office text, dispute text, guarantor text, currency text, stage text, held numeric, frozen numeric, undertaken numeric,
               expires_on date, drawn numeric, called numeric, recourse numeric)
language sql stable as $$
  select d.office, d.dispute, p.guarantor, d.currency, d.stage,
         guarantee_api.money(a.held, c.minor_digits), guarantee_api.money(a.frozen, c.minor_digits), guarantee_api.money(a.undertaken, c.minor_digits),
         p.expires_on, guarantee_api.money(p.drawn, c.minor_digits), guarantee_api.money(a.called, c.minor_digits),
         guarantee_api.money(a.recourse, c.minor_digits)
    from guarantee.guarantor_position p
    join guarantee.dispute d on d.dispute = p.dispute
    join guarantee.currency c on c.currency = d.currency
   cross join lateral (
      select coalesce(sum(b.balance) filter (where 'held' = any(r.measures)), 0) as held,
             coalesce(sum(b.balance) filter (where 'frozen' = any(r.measures)), 0) as frozen,
             coalesce(sum(b.balance) filter (where 'undertaken' = any(r.measures)), 0) as undertaken,
             coalesce(sum(b.balance) filter (where 'called' = any(r.measures)), 0) as called,
             coalesce(sum(b.balance) filter (where 'recourse' = any(r.measures)), 0) as recourse
        from guarantee.account b
        join guarantee.account_role r on r.role = b.role
       where b.office = d.office and b.dispute = d.dispute and b.guarantor = p.guarantor
   ) a
   where (report_commitments.office is null or d.office = report_commitments.office)
     and (report_commitments.dispute is null or p.dispute = report_commitments.dispute)
     and (report_commitments.guarantor is null or p.guarantor = report_commitments.guarantor)
   order by d.office, d.dispute, p.guarantor
$$;
comment on function guarantee_api.report_commitments(text, text, text) is
  'What each guarantor stands for in each dispute, also when it has run out, what was drawn and called of it, and what it claims back';
