create type guarantee_api.line as (
  line smallint, account_id bigint, role text, dispute text, guarantor text, currency text, amount bigint, delta bigint
);
comment on type guarantee_api.line is
  'A side of a double entry to be made: amount is positive for a debit, delta is what it does to the balance';
