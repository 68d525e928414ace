create function guarantee_api.report_pending(office text default null)
returns table (key text, office text, "on" date, event text, dispute text, guarantor text, currency text, amount numeric, reference text,
               proposed_at timestamptz, proposed_by text, approved_by text, approvals integer, needed integer, fields jsonb)
language sql stable as $$
  select p.key, p.office, (p.fields ->> 'on')::date, p.fields ->> 'event', p.dispute, p.fields ->> 'guarantor', p.currency,
         guarantee_api.money(p.amount, c.minor_digits), p.fields ->> 'reference', p.proposed_at, p.proposed_by,
         coalesce(a.approved_by, ''), coalesce(a.approvals, 0)::integer,
         greatest(1, guarantee_api.approvals_needed(p.fields ->> 'event', p.office, p.currency, p.amount)), p.fields
    from guarantee.pending p
    left join guarantee.currency c on c.currency = p.currency
    left join lateral (
      select string_agg(x.login, ', ' order by x.approved_at, x.login) as approved_by, count(*) as approvals
        from guarantee.approval x where x.key = p.key and x.proposed_at = p.proposed_at
    ) a on true
   where p.decision is null
     and (report_pending.office is null or p.office = report_pending.office)
   order by p.key
$$;
comment on function guarantee_api.report_pending(text) is
  'What waits for a second person: by whom it was proposed, who has approved it, and how many have to';
