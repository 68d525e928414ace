create type guarantee_api.verdict as (
  "position" integer, key text, "on" date, event text, fields jsonb, steps text[],
  office text, dispute text, lot text, guarantor text, currency text, amount bigint, consignor_limit bigint, consignor text,
  stage_from text, stage_to text, outcome text, lot_from text, lot_to text, reverses text,
  lines guarantee_api.line[], exposure bigint, drawn bigint, paid bigint, claimed bigint,
  result text, detail jsonb
);
comment on type guarantee_api.verdict is
  'An event that was judged: a refusal''s code as result and its values as detail, or neither and all that is to be written';
