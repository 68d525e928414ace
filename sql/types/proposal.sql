create type guarantee_api.proposal as (
  "position" integer, key text, "on" date, event text, fields jsonb,
  office text, dispute text, lot text, guarantor text, amount numeric, steps text[], subject text,
  round integer, result text, detail jsonb
);
comment on type guarantee_api.proposal is
  'An event as it was sent, with the fields the engine turns on taken out, and its result when its shape alone decides it';
