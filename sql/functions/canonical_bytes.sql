create function guarantee_api.canonical_bytes(
  fields jsonb, recording text, sequence bigint, approved_by text, dispute text, stage_from text, stage_to text, lot_from text, lot_to text,
  currency text, reverses text
) returns bytea
language sql stable as $$
  -- As text that is read again: a jsonb_build_object() of these members costs twice as much.
  select convert_to((fields || concat(
    recording, ', "sequence": "', sequence, '"',
    ', "lot_to": ' || to_json(lot_to), case when not fields ? 'dispute' then ', "dispute": ' || to_json(dispute) end,
    case when not fields ? 'currency' then ', "currency": ' || to_json(currency) end, ', "lot_from": ' || to_json(lot_from),
    case when not fields ? 'reverses' then ', "reverses": ' || to_json(reverses) end, ', "stage_to": ' || to_json(stage_to),
    ', "stage_from": ' || to_json(stage_from), ', "approved_by": ' || to_json(approved_by), '}')::jsonb)::text, 'UTF8')
$$;
comment on function guarantee_api.canonical_bytes(jsonb, text, bigint, text, text, text, text, text, text, text, text) is
  'What an event''s hash covers: its fields, key, on and event among them, and what the ledger says of it, as the one text that jsonb has for them, in UTF-8. Never to be changed: every hash recorded before would be another';
