create function guarantee_api.canonical_bytes(
  fields jsonb, recording text[], sequence bigint, approved_by text, dispute text, stage_from text, stage_to text, lot_from text, lot_to text,
  currency text, reverses text
) returns bytea
language sql stable as $$
  -- A member without a value goes with its name. Of what the event's fields say as well, they are what stands.
  select convert_to((jsonb_object(recording || array_remove(array[
    'sequence', sequence::text, case when lot_to is not null then 'lot_to' end, lot_to,
    case when dispute is not null then 'dispute' end, dispute, case when currency is not null then 'currency' end, currency,
    case when lot_from is not null then 'lot_from' end, lot_from, case when reverses is not null then 'reverses' end, reverses,
    case when stage_to is not null then 'stage_to' end, stage_to, case when stage_from is not null then 'stage_from' end, stage_from,
    case when approved_by is not null then 'approved_by' end, approved_by], null)) || fields)::text, 'UTF8')
$$;
comment on function guarantee_api.canonical_bytes(jsonb, text[], bigint, text, text, text, text, text, text, text, text) is
  'What an event''s hash covers: its fields, key, on and event among them, and what the ledger says of it, as the one text that jsonb has for them, in UTF-8. Never to be changed: every hash recorded before would be another';
