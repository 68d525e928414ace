create function guarantee_api.dispute_history(dispute text)
returns table ("on" date, key text, event text, stage text, lot text, guarantor text, currency text, amount numeric, reference text,
               recorded_at timestamptz, recorded_by text, sequence bigint)
language sql stable as $$
  select e."on", e.key, e.event, e.stage_to, e.fields ->> 'lot', e.fields ->> 'guarantor', d.currency,
         guarantee_api.money(((e.fields ->> 'amount')::numeric * (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1])::bigint, c.minor_digits),
         e.fields ->> 'reference', e.recorded_at, e.recorded_by, e.sequence
    from guarantee.event e
    join guarantee.dispute d on d.dispute = e.dispute
    join guarantee.currency c on c.currency = d.currency
   where e.dispute = dispute_history.dispute
   order by e.sequence
$$;
comment on function guarantee_api.dispute_history(text) is 'What happened in a dispute, in the order in which it was recorded';
