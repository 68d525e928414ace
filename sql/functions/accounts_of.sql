create function guarantee_api.accounts_of(office text, dispute text, guarantor text, "on" date)
returns setof guarantee_api.account_facts
language sql stable as $$
  select coalesce(sum(a.balance) filter (where r.measures && '{held,frozen}'
           or 'undertaken' = any(r.measures) and coalesce(p.expires_on >= accounts_of."on", true)), 0),
         coalesce(sum(a.balance) filter (where 'undertaken' = any(r.measures) and a.guarantor = accounts_of.guarantor), 0),
         coalesce(sum(a.balance) filter (where 'security' = any(r.measures)), 0)
    from guarantee.account a
    cross join lateral (select x.measures from guarantee.account_role x where x.role = a.role offset 0) r
    left join lateral (
      select x.expires_on from guarantee.guarantor_position x
       where x.dispute = case when 'undertaken' = any(r.measures) then a.dispute end and x.guarantor = a.guarantor
      offset 0
    ) p on true
   where a.office = accounts_of.office and a.dispute = accounts_of.dispute
$$;
comment on function guarantee_api.accounts_of(text, text, text, date) is
  'The accounts of a dispute: cover in force on a day (an undertaking past its expires_on covers nothing), a guarantor''s undertaking and the right holder''s security';
