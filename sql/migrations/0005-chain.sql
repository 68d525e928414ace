-- Evidence: each event carries a hash of its content and of the hash before it in its office.
--
-- Events are written anew, which takes about a minute for two million. What reads them is rebuilt after the migrations,
-- guarantee_api.canonical_bytes() too, so that the form which it gives them stands here once more.
drop schema if exists guarantee_api cascade;

alter table guarantee.book add column hash bytea not null default decode(repeat('00', 32), 'hex')
  constraint book_hash check (octet_length(hash) = 32);
comment on column guarantee.book.hash is 'The hash of the office''s last event; 32 zero bytes before the first';

create function guarantee.chain_step(state bytea, bytes bytea) returns bytea
language sql immutable as $$ select sha256(state || bytes) $$;
create aggregate guarantee.chain_of(bytea) (
  sfunc = guarantee.chain_step, stype = bytea, initcond = '\x0000000000000000000000000000000000000000000000000000000000000000');
create table guarantee.event_hash as
  select e.office, e.sequence, guarantee.chain_of(convert_to((e.fields || jsonb_strip_nulls(jsonb_build_object(
           'office', e.office, 'sequence', e.sequence::text, 'key', e.key, 'on', to_char(e."on", 'YYYY-MM-DD'), 'event', e.event,
           'recorded_at', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'recorded_by', e.recorded_by, 'approved_by', e.approved_by, 'dispute', e.dispute, 'stage_from', e.stage_from,
           'stage_to', e.stage_to, 'lot_from', e.lot_from, 'lot_to', e.lot_to, 'currency', e.currency, 'reverses', e.reverses)))::text, 'UTF8'))
           over (partition by e.office order by e.sequence rows unbounded preceding) as hash
    from guarantee.event e;
create unique index event_hash_place on guarantee.event_hash (office, sequence);
analyze guarantee.event_hash;
create function guarantee.hash_at(office text, sequence bigint) returns bytea
language plpgsql stable as $$
begin
  return (select h.hash from guarantee.event_hash h where h.office = hash_at.office and h.sequence = hash_at.sequence);
end
$$;
alter table guarantee.event add column hash bytea constraint event_hash check (octet_length(hash) = 32);
-- The table is written anew with its rules and indexes as they are; that no event is ever changed is left in force.
alter table guarantee.event alter column hash type bytea using guarantee.hash_at(office, sequence), alter column hash set not null;
comment on column guarantee.event.hash is
  'SHA-256 of the hash before it in its office (32 zero bytes before the first) and of the event''s canonical bytes';
update guarantee.book b set hash = h.hash
  from guarantee.event_hash h
 where h.office = b.office and h.sequence = b.sequence;
drop function guarantee.hash_at;
drop table guarantee.event_hash;
drop aggregate guarantee.chain_of(bytea);
drop function guarantee.chain_step;

-- What the ledger itself says of an event stands beside the event's own fields in its canonical bytes.
alter table guarantee.event_field add constraint event_field_not_derived check (
  field not in ('sequence', 'recorded_at', 'recorded_by', 'approved_by', 'stage_from', 'stage_to', 'lot_from', 'lot_to', 'hash'));

-- What was refused is evidence too: a journal of its own, chained in the same way.
create table guarantee.attempt (
  office text collate "C" not null,
  number bigint not null,
  attempted_at timestamptz not null,
  attempted_by text not null,
  result text not null,
  reported boolean not null,
  fields jsonb not null,
  hash bytea not null constraint attempt_hash check (octet_length(hash) = 32),
  primary key (office, number)
);
comment on table guarantee.attempt is
  'Events that were refused, by the office they were meant for; the empty office has those of none that is known';
comment on column guarantee.attempt.result is 'The code of the refusal';
comment on column guarantee.attempt.reported is
  'The event was judged in a transaction that was rolled back, and its program said so afterwards: when and by whom is the ledger''s word, what and why the program''s';
comment on column guarantee.attempt.fields is 'The event as it was sent, whatever it was';
comment on column guarantee.attempt.hash is
  'SHA-256 of the hash of the attempt before it at its office (32 zero bytes before the first) and of the attempt''s canonical bytes';
create trigger attempt_append_only before update or delete or truncate on guarantee.attempt
  for each statement execute function guarantee.refuse_change();

create table guarantee.attempt_book (
  office text collate "C" primary key,
  number bigint not null,
  attempted_at timestamptz not null,
  hash bytea not null constraint attempt_book_hash check (octet_length(hash) = 32)
);
comment on table guarantee.attempt_book is 'The number, time and hash of each office''s last refused attempt';

-- A seal closes the stretch of the journal since the one before it, and is signed with a key that the database never has.
create table guarantee.seal (
  number bigint primary key,
  sealed_at timestamptz not null,
  sealed_by text not null,
  heads jsonb not null,
  attempts jsonb not null,
  events bigint not null,
  root bytea not null constraint seal_root check (octet_length(root) = 32),
  previous bytea not null constraint seal_previous check (octet_length(previous) = 32),
  key_id text not null,
  public_key bytea not null constraint seal_public_key check (octet_length(public_key) = 32),
  signature bytea not null constraint seal_signature check (octet_length(signature) = 64)
);
comment on table guarantee.seal is 'Seals of the journal, in their order and without gaps';
comment on column guarantee.seal.heads is 'Where each office''s journal ended: sequence and hash by the office''s code';
comment on column guarantee.seal.attempts is 'Where each office''s refused attempts ended: number and hash by the office''s code';
comment on column guarantee.seal.events is 'How many events the seal closes: the leaves of its tree';
comment on column guarantee.seal.root is
  'The Merkle root (RFC 6962) over the hashes of all events since the seal before, by office and sequence';
comment on column guarantee.seal.previous is 'SHA-256 of the canonical bytes of the seal before; 32 zero bytes for the first';
comment on column guarantee.seal.key_id is 'The first 32 hexadecimal digits of the public key''s SHA-256';
comment on column guarantee.seal.signature is 'Ed25519 over the seal''s canonical bytes';
create trigger seal_append_only before update or delete or truncate on guarantee.seal
  for each statement execute function guarantee.refuse_change();
