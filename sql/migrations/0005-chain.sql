-- Evidence: each event carries a hash of its content and of the hash before it in its office.
--
-- Events are written anew, which takes about a minute for two million. What reads them is rebuilt after the migrations;
-- their form is guarantee_api.canonical_bytes()'s, which a later program may refuse to have changed by its own tests.
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
