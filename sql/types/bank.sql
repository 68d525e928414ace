-- The row types that pass between the functions that match the bank's lines with the ledger's entries.

create type guarantee_api.bank_open_line as (
  line bigint, office text, currency text, account text, amount bigint, charges bigint, booked_on date, marks text[], words text[],
  disputes text[], counterparty text, payers text[], taken_back boolean, reversal boolean, proposed boolean
);
comment on type guarantee_api.bank_open_line is
  'A line of the bank that nothing was matched with for sure: what it bears, the disputes that it names, who is on the other side and which names of parties that may be; reversal when it takes back a line, taken_back when the payment may have come back as well';

create type guarantee_api.bank_open_entry as (
  key text, office text, currency text, amount bigint, "on" date, dispute text, owner text, marks text[], parties text[], reverses text,
  proposed boolean
);
comment on type guarantee_api.bank_open_entry is
  'An entry on a custody account, by its event''s key, that nothing was matched with for sure. Owner is whose money it is: dispute and guarantor';

create type guarantee_api.bank_candidate as (
  line bigint, key text, owner text, distance integer, evidence text, doubt text, proposed boolean, line_rank integer, key_rank integer
);
comment on type guarantee_api.bank_candidate is
  'A line and an entry of one amount that a rule holds together, with what speaks for it and against it; ranks number lines and entries from 1';

create type guarantee_api.bank_pairing as (lines bigint[], keys text[], rule text, reason text, is_sure boolean);
comment on type guarantee_api.bank_pairing is 'Lines and entries to be matched, and why';
