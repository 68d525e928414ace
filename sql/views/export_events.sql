create function guarantee_api.export_events()
returns table (office text, sequence bigint, key text, "on" text, event text, fields jsonb, dispute text, currency text,
               stage_from text, stage_to text, lot_from text, lot_to text, recorded_at text, recorded_by text, approved_by text, closing_hash text, hash text)
language sql stable as $$
  select nullif(e.office, ''), e.sequence, e.key, to_char(e."on", 'YYYY-MM-DD'), e.event, e.fields,
         coalesce(e.dispute, e.fields ->> 'dispute'), coalesce(e.currency, e.fields ->> 'currency'),
         nullif(e.stage_from, ''), e.stage_to, nullif(e.lot_from, ''), e.lot_to,
         to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.recorded_by, e.approved_by,
         encode(c.hash, 'hex'), encode(e.hash, 'hex')
    from guarantee.event e
    left join guarantee.closing c on c.office = e.office and c.sequence = e.sequence
   order by e.office, e.sequence
$$;
comment on function guarantee_api.export_events() is
  'The journal for the audit pack, by office and number; who reads it takes the fields apart';
