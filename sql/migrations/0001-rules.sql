-- The rules as data: what load_rules() fills from rules/*.csv. Codes sort by bytes everywhere (collate "C"),
-- so that the same ledger gives the same report on every machine.

create table guarantee.currency (
  currency text collate "C" primary key,
  minor_digits smallint not null constraint currency_minor_digits check (minor_digits between 0 and 4)
);
comment on table guarantee.currency is 'ISO 4217 currencies with the digits of their minor unit';

create table guarantee.account_role (
  role text collate "C" primary key,
  ledger text collate "C" not null,
  normal_side smallint not null constraint account_role_normal_side check (normal_side in (1, -1)),
  of_dispute boolean not null,
  of_guarantor boolean not null,
  measures text[] not null,
  backed boolean not null,
  name_en text not null,
  name_zh text not null
);
comment on table guarantee.account_role is 'accounts.csv: kinds of accounts and what tells two of a kind apart';
comment on column guarantee.account_role.normal_side is '1 debit, -1 credit: an entry''s amount times this is its effect on the balance';
comment on column guarantee.account_role.measures is 'measures.csv: the sums that the account counts towards';
comment on column guarantee.account_role.backed is
  'The only account on its side of its ledger, so it equals the sum of the others and can''t fall below zero before one of them does';

create table guarantee.event_type (
  event text collate "C" primary key,
  subject text collate "C" not null,
  requires text[] not null,
  optional text[] not null,
  needs_approval boolean not null,
  meaning text not null,
  shape jsonpath not null,
  allowed text[] not null,
  adds_to text collate "C",
  names_office boolean not null,
  of_dispute boolean not null,
  of_lot boolean not null,
  of_recordal boolean not null,
  amount_may_be_zero boolean not null,
  party_fields text[] not null,
  party_kinds text[] not null,
  effects text[] not null,
  guards text[] not null,
  steps text[] not null,
  reads text[] not null
);
alter table guarantee.event_type
  alter column shape set storage external, alter column allowed set storage external, alter column guards set storage external;
comment on table guarantee.event_type is 'events.csv, with what the other rules say of each event gathered in its row';
comment on column guarantee.event_type.shape is 'What an event of this type looks like when every field has an admissible value';
comment on column guarantee.event_type.adds_to is 'The register in which this event makes a new row';
comment on column guarantee.event_type.party_fields is 'Fields that name a party which must exist, in the order of party_kinds';
comment on column guarantee.event_type.guards is 'Guards whose row names the event';
comment on column guarantee.event_type.reads is 'What judging the event has to look up besides its dispute and lot';
comment on column guarantee.event_type.steps is 'What recording the event does: its effects, and what applying it may write';

create table guarantee.event_field (
  event text collate "C" not null references guarantee.event_type on delete cascade,
  field text collate "C" not null,
  ordinal smallint not null,
  required boolean not null,
  type text not null,
  pattern text not null,
  max_length integer not null,
  refers_to text collate "C",
  adds_to text collate "C",
  primary key (event, field)
);
comment on table guarantee.event_field is 'Each field of each event: events.csv joined with fields.csv';
comment on column guarantee.event_field.pattern is 'Regular expression that an admissible value matches';

create table guarantee.dispute_transition (
  event text collate "C" not null references guarantee.event_type on delete cascade,
  from_stage text collate "C" not null,
  to_stage text collate "C" not null,
  outcome text collate "C",
  primary key (event, from_stage),
  constraint dispute_transition_exact unique (event, from_stage, to_stage)
);
comment on table guarantee.dispute_transition is 'transitions.csv, machine dispute; an empty from_stage is a dispute not yet there';

create table guarantee.lot_transition (
  event text collate "C" not null references guarantee.event_type on delete cascade,
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  primary key (event, from_state),
  constraint lot_transition_exact unique (event, from_state, to_state)
);
comment on table guarantee.lot_transition is 'transitions.csv, machine lot; an empty from_state is a lot not yet there';

create table guarantee.posting (
  event text collate "C" not null references guarantee.event_type on delete cascade,
  instrument text collate "C" not null,
  line smallint not null,
  role text collate "C" not null references guarantee.account_role,
  side smallint not null constraint posting_side check (side in (1, -1)),
  effect smallint not null,
  net_effect smallint not null,
  of_dispute boolean not null,
  of_guarantor boolean not null,
  measures text[] not null,
  primary key (event, instrument, line)
);
comment on table guarantee.posting is
  'postings.csv, one row a side and instrument: 1 debit, -1 credit; an empty instrument is an event without one';
comment on column guarantee.posting.measures is 'The account role''s, as of_dispute and of_guarantor are, kept here since every entry asks for them';
comment on column guarantee.posting.effect is 'The side on the account''s normal side: 1 adds to the balance, -1 takes from it';
comment on column guarantee.posting.net_effect is 'The sum of effects that the event has on the account in all';

create table guarantee.deadline_rule (
  deadline text collate "C" not null,
  starts text collate "C" not null,
  procedure text collate "C" not null,
  period integer not null constraint deadline_rule_period check (period > 0),
  unit text not null,
  stops text[] not null,
  basis text not null,
  primary key (deadline, starts, procedure)
);
comment on table guarantee.deadline_rule is 'deadlines.csv: an empty procedure is any';

create table guarantee.deadline_expiry (
  deadline text collate "C" not null,
  starts text collate "C" not null,
  procedure text collate "C" not null,
  event text collate "C" not null,
  from_stage text collate "C" not null,
  unless_event text collate "C" not null,
  primary key (deadline, starts, procedure, event, from_stage),
  foreign key (deadline, starts, procedure) references guarantee.deadline_rule on delete cascade
);
comment on table guarantee.deadline_expiry is
  'deadlines.csv, on_expiry: the event that a passed deadline allows, from which stage (empty: any), unless another was recorded';

create table guarantee.guard (
  code text collate "C" primary key,
  precedence smallint not null constraint guard_precedence unique,
  events text not null,
  refuses_when text not null,
  message text not null
);
comment on table guarantee.guard is 'guards.csv in its order, and what refusals.csv says to the person who is refused';

create table guarantee.statutory_day (
  day date primary key,
  working_day boolean not null
);
comment on table guarantee.statutory_day is 'working-days.csv: exceptions to Monday to Friday by the State Council''s yearly notice';

create table guarantee.calendar_day (
  day date primary key,
  working_day boolean not null,
  worked_through integer not null,
  known_through integer not null
);
create index calendar_day_worked on guarantee.calendar_day (worked_through) where working_day;
comment on table guarantee.calendar_day is
  'Every day of every year that is known, with running counts of worked and of known days; rebuilt by rebuild_calendar()';
