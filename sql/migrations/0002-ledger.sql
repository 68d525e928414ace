-- The ledger itself. The journal is event and entry; all else follows from them and can be rebuilt.
-- What follows from events that were judged has no foreign keys: they cost more than the rows, and check_ledger() compares.

create table guarantee.setting (
  only_row boolean primary key default true constraint setting_only_row check (only_row),
  time_zone text not null default 'Asia/Shanghai'
);
insert into guarantee.setting default values;
comment on table guarantee.setting is 'The ledger''s zone: an event may not lie after today there';

create table guarantee.book (
  office text collate "C" primary key,
  sequence bigint not null default 0,
  recorded_at timestamptz not null default '-infinity',
  closed_through date not null default '-infinity'
) with (fillfactor = 50);
insert into guarantee.book (office) values ('');
comment on table guarantee.book is
  'One row an office: its last sequence number and how far its books are closed. Whoever records locks it first, so sequence order is commit order. The empty office is the register of parties, recordals and working days';

create table guarantee.office (
  office text collate "C" primary key references guarantee.book,
  zone text not null,
  name text,
  instruments text[] not null
);
comment on table guarantee.office is 'Offices that keep the money';

create table guarantee.party (
  party text collate "C" primary key,
  kind text collate "C" not null,
  name text
);
comment on table guarantee.party is 'Right holders, consignors and guarantors';

create table guarantee.recordal (
  recordal text collate "C" primary key,
  party text collate "C" not null references guarantee.party,
  kind text collate "C" not null,
  valid_from date not null,
  valid_to date not null
);
comment on table guarantee.recordal is 'Rights recorded with customs (Regulations art. 7 to 10)';

create table guarantee.facility (
  office text collate "C" not null references guarantee.office,
  guarantor text collate "C" not null references guarantee.party,
  currency text collate "C" not null references guarantee.currency,
  amount bigint not null,
  consignor_limit bigint,
  granted_on date not null,
  valid_to date not null,
  primary key (office, guarantor)
);
comment on table guarantee.facility is 'The latest grant: the most that a guarantor stands for at an office, in minor units';

create table guarantee.working_day (
  day date primary key,
  working_day boolean not null
);
comment on table guarantee.working_day is 'Days set by events, which override statutory_day';

create table guarantee.dispute (
  dispute text collate "C" primary key,
  office text collate "C" not null,
  procedure text collate "C" not null,
  recordal text collate "C" not null,
  right_holder text collate "C" not null,
  consignor text collate "C" not null,
  currency text collate "C" not null,
  stage text collate "C" not null,
  stage_since date not null,
  outcome text collate "C" not null default '',
  award bigint constraint dispute_award check (award >= 0),
  under_order boolean not null default false,
  unless_events text[] not null default '{}'
) with (fillfactor = 70);
create index dispute_office on guarantee.dispute (office, dispute);
comment on table guarantee.dispute is 'One consignment suspected of infringing one recorded right, as its events leave it';
comment on column guarantee.dispute.under_order is 'A court''s assistance notice stands';
comment on column guarantee.dispute.unless_events is 'Events recorded that keep a passed deadline from having its effect';

create table guarantee.lot (
  dispute text collate "C" not null,
  lot text collate "C" not null,
  state text collate "C" not null,
  value bigint not null,
  primary key (dispute, lot)
) with (fillfactor = 80);
comment on table guarantee.lot is 'Goods of a dispute with their value in minor units';

create table guarantee.deadline (
  dispute text collate "C" not null,
  deadline text collate "C" not null,
  starts text collate "C" not null,
  procedure text collate "C" not null,
  starts_on date not null,
  met_on date,
  primary key (dispute, deadline)
) with (fillfactor = 80);
comment on table guarantee.deadline is 'When a statutory period began and by what it was met; when it ends is derived from the calendar';

create table guarantee.guarantor_position (
  dispute text collate "C" not null,
  guarantor text collate "C" not null,
  requested boolean not null default false,
  expires_on date,
  expiry_given_on date,
  drawn bigint not null default 0,
  paid bigint not null default 0,
  claimed bigint not null default 0,
  primary key (dispute, guarantor)
) with (fillfactor = 80);
comment on table guarantee.guarantor_position is 'What a guarantor''s part in a dispute has come to, in minor units';
comment on column guarantee.guarantor_position.requested is 'The consignor has asked for release against this guarantor''s counter-guarantee';
comment on column guarantee.guarantor_position.drawn is 'Drawn or called towards the award, less calls written off';
comment on column guarantee.guarantor_position.paid is 'Drawn from its cash or paid on its calls: the most it can claim back';

create table guarantee.exposure (
  office text collate "C" not null,
  guarantor text collate "C" not null,
  consignor text collate "C" not null,
  currency text collate "C" not null,
  amount bigint not null constraint exposure_floor check (amount >= 0),
  primary key (office, guarantor, consignor, currency)
) with (fillfactor = 50);
comment on table guarantee.exposure is 'Held, frozen, undertaken and called but unpaid, for each consignor and (empty consignor) in all';

create table guarantee.account (
  account_id bigint generated always as identity primary key,
  office text collate "C" not null,
  role text collate "C" not null,
  dispute text collate "C" not null,
  guarantor text collate "C" not null,
  currency text collate "C" not null,
  balance bigint not null default 0 constraint account_floor check (balance >= 0),
  version bigint not null default 0,
  constraint account_identity unique (office, dispute, role, guarantor, currency)
) with (fillfactor = 60);
create index account_guarantor on guarantee.account (guarantor) where guarantor <> '';
comment on table guarantee.account is 'An account with its balance on its normal side in minor units, never below zero, and the number of its entries';

create table guarantee.event (
  office text collate "C" not null,
  sequence bigint not null,
  key text collate "C" not null,
  "on" date not null,
  event text collate "C" not null,
  dispute text collate "C",
  stage_from text collate "C",
  stage_to text collate "C",
  lot_from text collate "C",
  lot_to text collate "C",
  currency text collate "C",
  reverses text collate "C",
  fields jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  approved_by text,
  primary key (office, sequence),
  constraint event_key unique (key),
  constraint event_reverses_once unique (reverses),
  constraint event_has_transition check (dispute is null or reverses is not null or (stage_from is not null and stage_to is not null)),
  constraint event_lot_complete check ((lot_from is null) = (lot_to is null))
);
create index event_dispute on guarantee.event (dispute, sequence) where dispute is not null;
comment on table guarantee.event is 'The journal: everything that happened, in the order in which it was recorded in its office';
comment on column guarantee.event.fields is 'The event''s fields but key, on and event, as they were given';

create table guarantee.entry (
  office text collate "C" not null,
  sequence bigint not null,
  line smallint not null,
  account_id bigint not null,
  amount bigint not null constraint entry_amount check (amount <> 0),
  version bigint not null,
  balance bigint not null constraint entry_floor check (balance >= 0),
  primary key (office, sequence, line),
  constraint entry_version unique (account_id, version)
);
comment on table guarantee.entry is 'The double entries of each event: debits positive, credits negative, in minor units, with the account''s balance after it';

create function guarantee.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what is recorded in % is never changed', tg_table_name
    using errcode = 'GL001', table = tg_table_name, constraint = tg_table_name || '_append_only',
          hint = 'Record an event that corrects it, such as a reversal.';
end
$$;
comment on function guarantee.refuse_change() is 'Refuses UPDATE, DELETE and TRUNCATE of the journal';
create trigger event_append_only before update or delete or truncate on guarantee.event
  for each statement execute function guarantee.refuse_change();
create trigger entry_append_only before update or delete or truncate on guarantee.entry
  for each statement execute function guarantee.refuse_change();

-- References of the journal are checked a statement at a time: foreign keys look at each row alone, and would
-- cost as much as inserting it. They hold against any client just the same.
create function guarantee.check_events() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select i.office, i.sequence, i.event, i.stage_from, i.lot_from,
         case when b.office is null or i.sequence > b.sequence then 'event_of_book'
              when t.event is null then 'event_of_type'
              when i.stage_to is not null and not exists (
                select from guarantee.dispute_transition x
                 where x.event = i.event and x.from_stage = i.stage_from and x.to_stage = i.stage_to) then 'event_dispute_transition'
              when i.lot_to is not null and not exists (
                select from guarantee.lot_transition x
                 where x.event = i.event and x.from_state = i.lot_from and x.to_state = i.lot_to) then 'event_lot_transition'
              when t.of_dispute and i.stage_to is null or t.of_lot and i.lot_to is null then 'event_has_transition'
         end as rule
    into wrong
    from (select n.office, n.event, n.stage_from, n.stage_to, n.lot_from, n.lot_to, max(n.sequence) as sequence
            from inserted n group by n.office, n.event, n.stage_from, n.stage_to, n.lot_from, n.lot_to) i
    left join lateral (select x.* from guarantee.book x where x.office = i.office offset 0) b on true
    left join lateral (select x.* from guarantee.event_type x where x.event = i.event offset 0) t on true
   order by rule nulls last
   limit 1;
  if wrong.rule is not null then
    raise exception 'event % (%) of office % has no such book, type or transition (from "%", lot from "%")',
      wrong.sequence, wrong.event, wrong.office, wrong.stage_from, wrong.lot_from
      using errcode = 'GL003', table = 'event', constraint = wrong.rule, hint = 'Record events by guarantee_api.record().';
  end if;
  return null;
end
$$;
comment on function guarantee.check_events() is 'Every event is within its office''s book, of a known type, and makes a transition that transitions.csv has';
create trigger event_has_transition after insert on guarantee.event
  referencing new table as inserted for each statement execute function guarantee.check_events();

-- Entries come whole: all of an event's entries in one statement, zero in sum for each ledger and currency.
create function guarantee.check_entries() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select i.office, i.sequence into wrong
    from inserted i
    left join lateral (select x.* from guarantee.account x where x.account_id = i.account_id offset 0) a on true
    left join lateral (select x.ledger from guarantee.account_role x where x.role = a.role offset 0) r on true
   group by i.office, i.sequence, r.ledger, a.currency
  having sum(i.amount) <> 0 or bool_or(a.office is distinct from i.office) or r.ledger is null
      or not exists (select from guarantee.event e where e.office = i.office and e.sequence = i.sequence)
   limit 1;
  if found then
    raise exception 'the entries of event % of office % don''t sum to zero for each ledger and currency of its accounts', wrong.sequence, wrong.office
      using errcode = 'GL002', table = 'entry', constraint = 'entry_balanced',
            hint = 'Insert all entries of an event in one statement, debits equal to credits.';
  end if;
  return null;
end
$$;
comment on function guarantee.check_entries() is 'Double entry, held against any client: whole events, the office''s own accounts, zero in sum';
create trigger entry_balanced after insert on guarantee.entry
  referencing new table as inserted for each statement execute function guarantee.check_entries();
