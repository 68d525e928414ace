-- Closings: what an office's books came to when they were closed through a day, hashed, and covered by the event's hash.

create table guarantee.closing (
  office text collate "C" not null,
  through date not null,
  sequence bigint not null,
  previous bytea not null constraint closing_previous check (octet_length(previous) = 32),
  account_count bigint not null,
  balances bytea not null constraint closing_balances check (octet_length(balances) = 32),
  disputes jsonb not null,
  lots jsonb not null,
  hash bytea not null constraint closing_hash check (octet_length(hash) = 32),
  open_from bigint not null,
  primary key (office, through),
  constraint closing_event unique (office, sequence)
);
comment on table guarantee.closing is
  'What the books of an office came to when they were closed through a day: a period begins after the closing before, and has all that is dated within it';
comment on column guarantee.closing.sequence is 'The number of the event that closed them';
comment on column guarantee.closing.previous is 'The hash of the office''s closing before; 32 zero bytes for the first';
comment on column guarantee.closing.account_count is 'How many accounts have a balance or moved in the period: its rows of closing_balance';
comment on column guarantee.closing.balances is
  'The Merkle root (RFC 6962) over the SHA-256 of the canonical bytes of these rows, by role, dispute, guarantor and currency';
comment on column guarantee.closing.disputes is 'How many disputes were at each stage, by the events dated through the day';
comment on column guarantee.closing.lots is 'How many lots were in each state, by the events dated through the day';
comment on column guarantee.closing.hash is 'SHA-256 of the closing''s canonical bytes; a member of those of its event';
comment on column guarantee.closing.open_from is 'No event of the office with a lower number is dated after the day';
create trigger closing_append_only before update or delete or truncate on guarantee.closing
  for each statement execute function guarantee.refuse_change();

create table guarantee.closing_balance (
  office text collate "C" not null,
  through date not null,
  role text collate "C" not null,
  dispute text collate "C" not null,
  guarantor text collate "C" not null,
  currency text collate "C" not null,
  opening numeric not null,
  debit numeric not null constraint closing_balance_debit check (debit >= 0),
  credit numeric not null constraint closing_balance_credit check (credit >= 0),
  closing numeric not null,
  primary key (office, through, role, dispute, guarantor, currency)
);
comment on table guarantee.closing_balance is
  'The accounts of a closing that have a balance or moved in the period, in minor units: opening and closing on the account''s normal side, which entries that are dated early may take below zero for a day';
create trigger closing_balance_append_only before update or delete or truncate on guarantee.closing_balance
  for each statement execute function guarantee.refuse_change();

-- A member of the canonical bytes of events that close books, beside their own fields.
alter table guarantee.event_field add constraint event_field_no_closing check (field <> 'closing_hash');

-- The time in a seal is fixed before it is signed; it is known from when it is kept.
alter table guarantee.seal add column kept_at timestamptz;
-- Written anew with the time that it had so far; that no seal is ever changed is left in force.
alter table guarantee.seal alter column kept_at type timestamptz using sealed_at, alter column kept_at set not null,
  add constraint seal_kept_after check (kept_at >= sealed_at);
comment on column guarantee.seal.kept_at is 'When it was added, which is after it was signed: known since then, and no part of what is signed';
