-- People: who may do what at which office, and what waits for a second person.
--
-- While nobody was ever made a member, the ledger belongs to whoever owns it, who records and approves alone.

create table guarantee.membership (
  login text collate "C" not null,
  office text collate "C" not null,
  role text collate "C" not null constraint membership_role check (role in ('clerk', 'approver', 'auditor')),
  given_at timestamptz not null,
  given_by text not null,
  taken_at timestamptz,
  taken_by text,
  primary key (login, office, role, given_at),
  constraint membership_taken check ((taken_at is null) = (taken_by is null) and taken_at >= given_at)
);
create unique index membership_current on guarantee.membership (login, role, office) where taken_at is null;
comment on table guarantee.membership is
  'Which login has had which role at which office, from when until when and by whose hand; the empty office is all offices and the register';
comment on column guarantee.membership.taken_at is 'When the role was taken away; null while the login has it';

create table guarantee.pending (
  key text collate "C" not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  office text collate "C" not null,
  dispute text collate "C",
  currency text collate "C",
  amount bigint,
  fields jsonb not null,
  decision text,
  decided_at timestamptz,
  decided_by text,
  reason text,
  primary key (key, proposed_at),
  constraint pending_decision check (decision in ('approved', 'refused')),
  constraint pending_decided check (
    (decision is null) = (decided_at is null) and (decision is null) = (decided_by is null) and coalesce(decision = 'refused', false) = (reason is not null))
);
create unique index pending_key on guarantee.pending (key) where decision is null;
create index pending_office on guarantee.pending (office, key) where decision is null;
comment on table guarantee.pending is
  'Events that wait for a second person, and what was decided of those that did. They are in no journal and reserve nothing until they are approved';
comment on column guarantee.pending.fields is 'The event as it was proposed, with key, on and event';
comment on column guarantee.pending.amount is 'What it moves, in minor units of the currency; null when it moves no money';
comment on column guarantee.pending.decision is 'Null while it waits';

create table guarantee.approval (
  key text collate "C" not null,
  proposed_at timestamptz not null,
  login text collate "C" not null,
  approved_at timestamptz not null,
  primary key (key, proposed_at, login),
  constraint approval_pending foreign key (key, proposed_at) references guarantee.pending
);
comment on table guarantee.approval is 'Who has approved what waits, or did';

-- What was decided stays as it was decided.
create function guarantee.refuse_second_decision() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.decision is null and (new.key, new.proposed_at, new.proposed_by, new.office, new.fields)
         is not distinct from (old.key, old.proposed_at, old.proposed_by, old.office, old.fields) then
      return new;
    end if;
  end if;
  raise exception 'what was proposed or decided in % is never changed', tg_table_name
    using errcode = 'GL001', table = tg_table_name, constraint = tg_table_name || '_append_only', hint = 'Propose another event.';
end
$$;
comment on function guarantee.refuse_second_decision() is 'Lets what waits be decided, once, and refuses every other change';
create trigger pending_append_only before update or delete on guarantee.pending
  for each row execute function guarantee.refuse_second_decision();
create trigger pending_not_truncated before truncate on guarantee.pending
  for each statement execute function guarantee.refuse_change();
create trigger approval_append_only before update or delete or truncate on guarantee.approval
  for each statement execute function guarantee.refuse_change();

create table guarantee.approval_limit (
  ordinal smallint primary key,
  event text collate "C" not null,
  office text collate "C" not null,
  currency text collate "C" not null,
  up_to numeric,
  approvals smallint not null constraint approval_limit_approvals check (approvals between 0 and 9)
);
comment on table guarantee.approval_limit is
  'approvals.csv: how many others have to approve an event up to an amount of the currency; an empty event, office or currency is any, and no amount is every amount';
