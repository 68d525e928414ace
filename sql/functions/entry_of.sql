create function guarantee_api.entry_of(event text, instrument text, office text, dispute text, guarantor text, currency text, amount bigint, "on" date)
returns setof guarantee_api.movement
language sql stable as $$
  select array_agg((k.line, a.account_id, k.role, k.dispute, k.guarantor, k.currency, k.side * entry_of.amount, k.effect * entry_of.amount)::guarantee_api.line
                   order by k.line),
         bool_or(coalesce(a.balance, 0) + k.net_effect * entry_of.amount < 0),
         bool_or(k.effect > 0 and a.balance > 9223372036854775807 - entry_of.amount),
         coalesce(sum(k.effect * entry_of.amount) filter (where k.measures && '{held,frozen,undertaken,called}'), 0)::bigint,
         coalesce(sum(k.effect * entry_of.amount) filter (where k.measures && '{held,frozen}'
           or 'undertaken' = any(k.measures) and coalesce(p.expires_on >= entry_of."on", true)), 0)::bigint
    from (
      select s.line, s.role, s.side, s.effect, s.net_effect, r.measures, entry_of.office, entry_of.currency,
             case when r.of_dispute then entry_of.dispute else '' end as dispute,
             case when r.of_guarantor then coalesce(entry_of.guarantor, '') else '' end as guarantor
        from guarantee.posting s
        join guarantee.account_role r on r.role = s.role
       where s.event = entry_of.event and s.instrument = coalesce(entry_of.instrument, '')
      offset 0
    ) k
    left join guarantee.account a
      on a.office = k.office and a.dispute = k.dispute and a.role = k.role and a.guarantor = k.guarantor and a.currency = k.currency
    left join guarantee.guarantor_position p
      on p.dispute = case when 'undertaken' = any(k.measures) then k.dispute end and p.guarantor = k.guarantor
$$;
comment on function guarantee_api.entry_of(text, text, text, text, text, text, bigint, date) is
  'The double entry that postings.csv asks for, and what it would do';
