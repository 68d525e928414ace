-- What the banks say of the custody accounts, and how it was matched with the ledger's entries on them.

create table guarantee.bank_book (
  book smallint primary key constraint bank_book_one check (book = 1),
  changed_at timestamptz not null
);
comment on table guarantee.bank_book is 'When something was last imported, matched, confirmed or taken apart';

create table guarantee.bank_account (
  account text collate "C" not null,
  currency text collate "C" not null references guarantee.currency,
  office text collate "C" not null references guarantee.office,
  named_at timestamptz not null,
  named_by text not null default session_user,
  primary key (account, currency)
);
create index bank_account_of_office on guarantee.bank_account (office, currency);
comment on table guarantee.bank_account is 'Accounts at banks by number or IBAN and currency, each with the office whose custody account it holds; known from its first statement on';
comment on column guarantee.bank_account.named_by is 'Who said whose account it is';

create table guarantee.bank_statement (
  account text collate "C" not null,
  currency text collate "C" not null,
  "position" bigint not null constraint bank_statement_position check ("position" > 0),
  statement text collate "C" not null,
  opens_on date not null,
  closes_on date not null,
  opening bigint not null,
  closing bigint not null,
  line_count integer not null,
  format text not null,
  file text not null,
  imported_at timestamptz not null,
  imported_by text not null default session_user,
  primary key (account, currency, "position"),
  constraint bank_statement_name unique (account, currency, statement),
  constraint bank_statement_of_account foreign key (account, currency) references guarantee.bank_account,
  constraint bank_statement_days check (opens_on <= closes_on),
  constraint bank_statement_empty check (line_count > 0 or line_count = 0 and opening = closing)
);
comment on table guarantee.bank_statement is 'Statements of the bank in the order of the account, each opening with what the one before it closed with; in minor units';
comment on column guarantee.bank_statement."position" is 'The how manieth of the account it is, from 1';
comment on column guarantee.bank_statement.statement is 'Its number as the bank gives it; for a list of days, the days';
comment on column guarantee.bank_statement.opening is 'The balance before its first line, below zero when overdrawn';

create table guarantee.bank_line (
  line bigint generated always as identity primary key,
  account text collate "C" not null,
  currency text collate "C" not null,
  "position" bigint not null,
  series text collate "C" not null,
  reference text collate "C" not null,
  booked_on date not null,
  value_on date not null,
  amount bigint not null constraint bank_line_amount check (amount <> 0),
  charges bigint not null default 0 constraint bank_line_charges check (charges >= 0),
  is_reversal boolean not null,
  is_return boolean not null,
  is_interest boolean not null,
  marks text[] not null,
  words text[] not null,
  counterparty text,
  counterparty_account text,
  purpose text,
  place text not null,
  constraint bank_line_known unique (account, currency, series, reference),
  constraint bank_line_of_statement foreign key (account, currency, "position") references guarantee.bank_statement
);
create index bank_line_dated on guarantee.bank_line (account, currency, booked_on);
create index bank_line_of_statement on guarantee.bank_line (account, currency, "position");
comment on table guarantee.bank_line is 'What the bank booked: money in positive, money out negative, in minor units. A line is known by account, series and reference';
comment on column guarantee.bank_line.series is 'The statement or the day within which the bank''s reference is given once';
comment on column guarantee.bank_line.charges is 'What the bank says that it kept back or took on top';
comment on column guarantee.bank_line.is_reversal is 'The bank takes back a line of its own';
comment on column guarantee.bank_line.is_return is 'A payment that came back from the other bank';
comment on column guarantee.bank_line.marks is 'What stands in the elements that may have the payment''s reference, as bank_mark() writes it';
comment on column guarantee.bank_line.words is 'What in the line''s text looks like a reference, as bank_mark() writes it';
comment on column guarantee.bank_line.place is 'Where in its file it stands';

create table guarantee.bank_match (
  match bigint primary key,
  office text collate "C" not null,
  currency text collate "C" not null,
  rule text collate "C" not null,
  reason text not null,
  difference bigint not null,
  is_sure boolean not null,
  made_at timestamptz not null,
  made_by text not null default session_user,
  confirmed_at timestamptz,
  confirmed_by text,
  undone_at timestamptz,
  undone_by text,
  undone_for text,
  constraint bank_match_confirmed check ((confirmed_at is null) = (confirmed_by is null)),
  constraint bank_match_undone check ((undone_at is null) = (undone_by is null) and (undone_at is not null or undone_for is null))
);
create index bank_match_of_office on guarantee.bank_match (office, currency);
comment on table guarantee.bank_match is 'Lines of the bank and entries of the ledger that belong together: by a rule that is sure, or as a proposal that a person confirms. None is deleted: it is undone';
comment on column guarantee.bank_match.reason is 'Why they were put together, for people';
comment on column guarantee.bank_match.difference is 'The lines'' sum less the entries'', in minor units';
comment on column guarantee.bank_match.undone_by is 'Who took them apart';
comment on column guarantee.bank_match.undone_for is 'The rule that found better; null when a person took them apart, whom no rule contradicts';

create table guarantee.bank_match_part (
  match bigint not null references guarantee.bank_match,
  part smallint not null,
  line bigint references guarantee.bank_line,
  key text collate "C",
  live boolean not null default true,
  primary key (match, part),
  constraint bank_match_part_one_side check ((line is null) <> (key is null))
);
create unique index bank_match_part_line on guarantee.bank_match_part (line) where live;
create unique index bank_match_part_key on guarantee.bank_match_part (key) where live;
create index bank_match_part_any_line on guarantee.bank_match_part (line) where line is not null;
comment on table guarantee.bank_match_part is 'What a match holds: a line of the bank, or the event of an entry by its key. No two matches that stand hold the same';
comment on column guarantee.bank_match_part.live is 'The match stands';

create trigger bank_statement_append_only before update or delete or truncate on guarantee.bank_statement
  for each statement execute function guarantee.refuse_change();
create trigger bank_line_append_only before update or delete or truncate on guarantee.bank_line
  for each statement execute function guarantee.refuse_change();

create trigger bank_account_append_only before update or delete or truncate on guarantee.bank_account
  for each statement execute function guarantee.refuse_change();
create trigger bank_match_append_only before delete or truncate on guarantee.bank_match
  for each statement execute function guarantee.refuse_change();
create trigger bank_match_part_append_only before delete or truncate on guarantee.bank_match_part
  for each statement execute function guarantee.refuse_change();

create function guarantee.refuse_rematch() returns trigger language plpgsql as $$
begin
  -- What is not yet said may be added: that it is confirmed, and that it no longer stands.
  if tg_table_name = 'bank_match' then
    if to_jsonb(old) - '{confirmed_at,confirmed_by,undone_at,undone_by,undone_for}'::text[]
         = to_jsonb(new) - '{confirmed_at,confirmed_by,undone_at,undone_by,undone_for}'::text[]
       and jsonb_strip_nulls(to_jsonb(new)) @> jsonb_strip_nulls(to_jsonb(old)) then
      return new;
    end if;
  elsif old.live and not new.live and (new.match, new.part, new.line, new.key) is not distinct from (old.match, old.part, old.line, old.key) then
    return new;
  end if;
  raise exception 'what is recorded in % is never changed', tg_table_name
    using errcode = 'GL001', table = tg_table_name, constraint = tg_table_name || '_kept', hint = 'Take the match apart and make another.';
end
$$;
comment on function guarantee.refuse_rematch() is 'Lets a match be confirmed and undone, once, and be changed in no other way';
create trigger bank_match_kept before update on guarantee.bank_match for each row execute function guarantee.refuse_rematch();

-- A foreign key to the journal would keep its own refusal of TRUNCATE from being heard.
create function guarantee.check_bank_match_parts() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  with held as (
    select i.match, i.line, i.key, coalesce(b.office, n.office) as office, coalesce(b.currency, n.currency) as currency, coalesce(l.amount, -n.amount) as amount
      from guarantee.bank_match_part i
      left join (guarantee.bank_line l join guarantee.bank_account b on b.account = l.account and b.currency = l.currency) on l.line = i.line
      left join lateral (
        select a.office, a.currency, x.amount
          from guarantee.event e
          join guarantee.entry x on x.office = e.office and x.sequence = e.sequence
          join guarantee.account a on a.account_id = x.account_id and a.role = 'bank'
         where e.key = i.key
      ) n on true
     where i.match in (select j.match from inserted j)
  )
  select m.match, case when bool_or(h.amount is null) then 'holds what is not there'
                       when bool_or((h.office, h.currency) <> (m.office, m.currency)) then 'is of several custody accounts'
                       else 'does not differ by what it says' end as what into wrong
    from held h
    join guarantee.bank_match m on m.match = h.match
   group by m.match
  having bool_or(h.amount is null) or bool_or((h.office, h.currency) <> (m.office, m.currency)) or sum(h.amount) <> m.difference
   limit 1;
  if found then
    raise exception 'match % %', wrong.match, wrong.what
      using errcode = 'GL105', table = 'bank_match_part', constraint = 'bank_match_part_agrees';
  end if;
  return null;
end
$$;
comment on function guarantee.check_bank_match_parts() is 'A match holds lines and entries of one custody account, and says by how much they differ';
create trigger bank_match_part_agrees after insert on guarantee.bank_match_part
  referencing new table as inserted for each statement execute function guarantee.check_bank_match_parts();
create trigger bank_match_part_kept before update on guarantee.bank_match_part for each row execute function guarantee.refuse_rematch();

create function guarantee.check_bank_statements() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select i.account, i.statement, i.opens_on, i.closes_on, c.minor_digits, i.opening, before.closing, before.statement as before, before.closes_on as before_to,
         i."position" > 1 and before.statement is null as astray
    into wrong
    from inserted i
    join guarantee.currency c on c.currency = i.currency
    left join guarantee.bank_statement before
      on before.account = i.account and before.currency = i.currency and before."position" = i."position" - 1
   where i."position" > 1 and (before.statement is null or before.closing <> i.opening or before.closes_on > i.closes_on)
   limit 1;
  if found then
    raise exception '%', case
        when wrong.closing = wrong.opening then
          format('statement %s of account %s ends on %s, before statement %s which was imported already and ends on %s', wrong.statement, wrong.account, wrong.closes_on, wrong.before, wrong.before_to)
        when wrong.astray then
          format('statement %s of account %s stands after one that is not there', wrong.statement, wrong.account)
        else
          format('statement %s of account %s opens with %s, and statement %s before it closed on %s with %s: what lies between them is missing', wrong.statement, wrong.account,
                 round(wrong.opening / 10.0 ^ wrong.minor_digits, wrong.minor_digits), wrong.before, wrong.before_to,
                 round(wrong.closing / 10.0 ^ wrong.minor_digits, wrong.minor_digits)) end
      using errcode = 'GL102', table = 'bank_statement', constraint = 'bank_statement_connects',
            hint = 'Import the statements of an account in their order, none left out.';
  end if;
  return null;
end
$$;
comment on function guarantee.check_bank_statements() is 'Each statement opens with what the one before it closed with, and ends no earlier';
create trigger bank_statement_connects after insert on guarantee.bank_statement
  referencing new table as inserted for each statement execute function guarantee.check_bank_statements();

create function guarantee.check_bank_lines() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select s.account, s.statement, s.opening, s.closing, s.line_count, c.minor_digits, x.total, x.count into wrong
    from (select distinct i.account, i.currency, i."position" from inserted i) i
    join guarantee.bank_statement s on s.account = i.account and s.currency = i.currency and s."position" = i."position"
    join guarantee.currency c on c.currency = s.currency
    cross join lateral (
      select sum(l.amount) as total, count(*) as count
        from guarantee.bank_line l where l.account = i.account and l.currency = i.currency and l."position" = i."position"
    ) x
   where s.opening + x.total <> s.closing or s.line_count <> x.count
   limit 1;
  if found then
    raise exception 'statement % of account % does not add up: it opens with %, its % lines come to %, and it closes with %',
        wrong.statement, wrong.account, round(wrong.opening / 10.0 ^ wrong.minor_digits, wrong.minor_digits), wrong.count,
        round(wrong.total / 10.0 ^ wrong.minor_digits, wrong.minor_digits), round(wrong.closing / 10.0 ^ wrong.minor_digits, wrong.minor_digits)
      using errcode = 'GL101', table = 'bank_line', constraint = 'bank_line_adds_up',
            hint = 'Lines may be missing: ask the bank for the whole statement.';
  end if;
  return null;
end
$$;
comment on function guarantee.check_bank_lines() is 'Opening balance and lines of a statement give its closing balance';
create trigger bank_line_adds_up after insert on guarantee.bank_line
  referencing new table as inserted for each statement execute function guarantee.check_bank_lines();
