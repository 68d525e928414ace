create function guarantee_api.entry_of(event text, instrument text, office text, dispute text, guarantor text, currency text, amount bigint, "on" date)
returns setof guarantee_api.movement
language sql stable as $$
  select array_agg((k.line, a.account_id, k.role, k.dispute, k.guarantor, k.currency, k.side * entry_of.amount, k.effect * entry_of.amount, a.balance)::guarantee_api.line
                   order by k.line),
         bool_or(k.net_effect < 0 and coalesce(a.balance, 0) / -k.net_effect < entry_of.amount),
         bool_or(k.effect > 0 and (9223372036854775807 - coalesce(a.balance, 0)) / greatest(k.net_effect, 1) < entry_of.amount),
         coalesce(sum(k.effect * entry_of.amount) filter (where k.measures && '{held,frozen,undertaken,called}'), 0)::bigint,
         coalesce(sum(k.effect * entry_of.amount) filter (where k.measures && '{held,frozen}'
           or 'undertaken' = any(k.measures) and coalesce(p.expires_on >= entry_of."on", true)), 0)::bigint
    from (
      select s.line, s.role, s.side, s.effect, s.net_effect, s.measures, entry_of.office, entry_of.currency,
             case when s.of_dispute then entry_of.dispute else '' end as dispute,
             case when s.of_guarantor then coalesce(entry_of.guarantor, '') else '' end as guarantor
        from guarantee.posting s
       where s.event = entry_of.event and s.instrument = coalesce(entry_of.instrument, '')
      offset 0
    ) k
    left join lateral (
      select x.account_id, x.balance from guarantee.account x
       where x.office = k.office and x.dispute = k.dispute and x.role = k.role and x.guarantor = k.guarantor and x.currency = k.currency
      offset 0
    ) a on true
    left join lateral (
      select x.expires_on from guarantee.guarantor_position x
       where x.dispute = case when 'undertaken' = any(k.measures) then k.dispute end and x.guarantor = k.guarantor
      offset 0
    ) p on true
$$;
comment on function guarantee_api.entry_of(text, text, text, text, text, text, bigint, date) is
  'The double entry that postings.csv asks for, and what it would do';
