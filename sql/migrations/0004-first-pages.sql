-- What lets a ledger of any size be read as fast as a small one: orders that reports are read in, what is still open
-- apart from what is over, and sums that are kept. No index holds a balance, so that moving money stays an update in
-- place (HOT); whether an account is at zero is a column of its own, since that seldom changes.
--
-- Entries are written anew, which takes about a minute for ten million. What reads them is rebuilt after the migrations.
drop schema if exists guarantee_api cascade;

-- Entries know the date, the key and the guarantor, so that a statement is read in its own order.
alter table guarantee.entry rename to entry_before;
create table guarantee.entry (
  sequence bigint not null,
  account_id bigint not null,
  amount bigint not null constraint entry_amount check (amount <> 0),
  version bigint not null,
  balance bigint not null constraint entry_floor check (balance >= 0),
  "on" date not null,
  line smallint not null,
  office text collate "C" not null,
  key text collate "C" not null,
  guarantor text collate "C" not null
);
insert into guarantee.entry (sequence, account_id, amount, version, balance, "on", line, office, key, guarantor)
select n.sequence, n.account_id, n.amount, n.version, n.balance, e."on", n.line, n.office, e.key, a.guarantor
  from guarantee.entry_before n
  join guarantee.event e on e.office = n.office and e.sequence = n.sequence
  join guarantee.account a on a.account_id = n.account_id;
drop table guarantee.entry_before;
-- By number first: offices take turns in filling its pages. By office first, each office's last page is split in the
-- middle again and again, and half of the index stays empty.
alter table guarantee.entry add constraint entry_pkey primary key (sequence, office, line);
alter table guarantee.entry add constraint entry_version unique (account_id, version);
-- Most accounts have few entries, which are sorted when asked for.
create index entry_dated on guarantee.entry (account_id, "on") where version > 100;
create index entry_of_guarantor on guarantee.entry (guarantor, "on") where guarantor <> '';
create trigger entry_append_only before update or delete or truncate on guarantee.entry
  for each statement execute function guarantee.refuse_change();
create trigger entry_balanced after insert on guarantee.entry
  referencing new table as inserted for each statement execute function guarantee.check_entries();
comment on table guarantee.entry is 'The double entries of each event: debits positive, credits negative, in minor units, with the account''s balance after it';
comment on column guarantee.entry."on" is 'The event''s, as key is; kept here for the order of statements';
comment on column guarantee.entry.guarantor is 'The account''s; empty when it has none';

create or replace function guarantee.check_entries() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select i.office, i.sequence into wrong
    from (
      select n.office, n.sequence, sum(n.amount) as total, min(n.key) as key, max(n.key) as last_key, min(n."on") as "on", max(n."on") as last_on,
             bool_or((a.office, a.guarantor) is distinct from (n.office, n.guarantor) or r.ledger is null) as astray
        from inserted n
        left join lateral (select x.* from guarantee.account x where x.account_id = n.account_id offset 0) a on true
        left join lateral (select x.ledger from guarantee.account_role x where x.role = a.role offset 0) r on true
       group by n.office, n.sequence, r.ledger, a.currency
    ) i
    left join lateral (select x.key, x."on" from guarantee.event x where x.office = i.office and x.sequence = i.sequence offset 0) e on true
   where i.total <> 0 or i.astray or (e.key, e.key, e."on", e."on") is distinct from (i.key, i.last_key, i."on", i.last_on)
   limit 1;
  if found then
    raise exception 'the entries of event % of office % don''t sum to zero for each ledger and currency of its accounts', wrong.sequence, wrong.office
      using errcode = 'GL002', table = 'entry', constraint = 'entry_balanced',
            hint = 'Insert all entries of an event in one statement, debits equal to credits, with the event''s key and date and their accounts'' guarantors.';
  end if;
  return null;
end
$$;

-- Accounts in the order of their names, those at zero apart.
alter table guarantee.account add column is_zero boolean not null generated always as (balance = 0) stored;
create index account_named on guarantee.account (
  is_zero,
  (office || ':' || role || case dispute when '' then '' else ':' || dispute end || case guarantor when '' then '' else ':' || guarantor end || ':' || currency)
);
create index account_not_zero on guarantee.account (role, office, dispute, guarantor) where not is_zero;
-- By dispute first, since that alone tells most accounts apart, and new disputes come at the end.
alter table guarantee.account drop constraint account_identity;
alter table guarantee.account add constraint account_identity unique (dispute, office, role, guarantor, currency);
create index account_of_no_dispute on guarantee.account (guarantor, office, role) where dispute = '';
comment on column guarantee.account.is_zero is 'The balance is zero, as it is for ever with most accounts of disputes that have ended';

-- The accounts of all disputes of an office, taken together.
create table guarantee.total (
  office text collate "C" not null,
  role text collate "C" not null,
  guarantor text collate "C" not null,
  currency text collate "C" not null,
  balance numeric not null constraint total_floor check (balance >= 0),
  primary key (office, role, guarantor, currency)
) with (fillfactor = 50);
insert into guarantee.total (office, role, guarantor, currency, balance)
select office, role, guarantor, currency, sum(balance) from guarantee.account where dispute <> '' group by office, role, guarantor, currency;
create index total_of_guarantor on guarantee.total (guarantor);
comment on table guarantee.total is 'What the accounts of all disputes come to, for each kind, guarantor (empty: none) and currency';

-- What is still open.
alter table guarantee.dispute add column decided_on date, add column active boolean not null default true;
comment on column guarantee.dispute.decided_on is 'When it had its first outcome';
comment on column guarantee.dispute.active is 'An event may lead on from its stage';
alter table guarantee.deadline add column office text collate "C" not null default '', add column active boolean not null default true;
comment on column guarantee.deadline.office is 'The dispute''s';
comment on column guarantee.deadline.active is 'Not met, and the dispute is active';
alter table guarantee.guarantor_position add column active boolean not null default false;
comment on column guarantee.guarantor_position.active is 'Its undertaking has an end, and the dispute is active';

update guarantee.dispute d
   set active = exists (select from guarantee.dispute_transition t where t.from_stage = d.stage and t.to_stage <> d.stage),
       decided_on = (select min(e."on") from guarantee.event e
                       join guarantee.dispute_transition m on m.event = e.event and m.from_stage = e.stage_from and m.outcome is not null
                      where e.dispute = d.dispute);
update guarantee.deadline x set office = d.office, active = x.met_on is null and d.active from guarantee.dispute d where d.dispute = x.dispute;
update guarantee.guarantor_position p set active = true from guarantee.dispute d where d.dispute = p.dispute and d.active and p.expires_on is not null;
alter table guarantee.deadline alter column office drop default;

create index dispute_active on guarantee.dispute (dispute) where active;
create index deadline_active on guarantee.deadline (deadline, starts, procedure, starts_on, office, dispute) where active;
create index guarantor_position_expiring on guarantee.guarantor_position (expires_on) where active;
create index guarantor_position_of_guarantor on guarantee.guarantor_position (guarantor, dispute);
-- Asked of the totals, of statements and of the accounts that are not at zero now.
drop index guarantee.account_guarantor;

-- Thirteen events of a dispute share an index entry, and no event that reverses nothing has one.
drop index guarantee.event_dispute;
create index event_dispute on guarantee.event (dispute) where dispute is not null;
alter table guarantee.event drop constraint event_reverses_once;
create unique index event_reverses_once on guarantee.event (reverses) where reverses is not null;

-- Room for updates in place where they happen; none where each is of a column that an index holds anyway.
alter table guarantee.account set (fillfactor = 80);
alter table guarantee.dispute set (fillfactor = 50);
alter table guarantee.lot set (fillfactor = 50);
alter table guarantee.guarantor_position set (fillfactor = 60);
alter table guarantee.deadline set (fillfactor = 100);
