-- What went from one kind of account, or state of goods, to another is kept by day, so that reports of periods add up days
-- and not entries. By day first: it tells most rows apart, and costs least to compare.
create table guarantee.flow (
  "on" date not null,
  office text collate "C" not null,
  debit_role text collate "C" not null,
  credit_role text collate "C" not null,
  currency text collate "C" not null,
  amount numeric not null,
  times bigint not null,
  primary key ("on", office, debit_role, credit_role, currency)
) with (fillfactor = 70);
comment on table guarantee.flow is 'What each day''s entries came to between two kinds of account, in minor units, and how many times it went';

create table guarantee.goods_flow (
  "on" date not null,
  office text collate "C" not null,
  lot_from text collate "C" not null,
  lot_to text collate "C" not null,
  currency text collate "C" not null,
  value numeric not null,
  lots bigint not null,
  primary key ("on", office, lot_from, lot_to, currency)
) with (fillfactor = 70);
comment on table guarantee.goods_flow is 'How many lots went from one state to another on each day, and their value in minor units';

insert into guarantee.flow ("on", office, debit_role, credit_role, currency, amount, times)
select e."on", e.office, side.debit_role, side.credit_role, e.currency, sum(e.amount), count(*)
  from (
    select n."on", n.office, n.sequence, a.currency, max(n.amount) as amount,
           array_agg(a.role order by n.line) filter (where n.amount > 0) as debit_roles,
           array_agg(a.role order by n.line) filter (where n.amount < 0) as credit_roles
      from guarantee.entry n
      join guarantee.account a on a.account_id = n.account_id
     group by n."on", n.office, n.sequence, a.currency
  ) e
  cross join unnest(e.debit_roles, e.credit_roles) side (debit_role, credit_role)
 group by e."on", e.office, side.debit_role, side.credit_role, e.currency;

insert into guarantee.goods_flow ("on", office, lot_from, lot_to, currency, value, lots)
select e."on", e.office, e.lot_from, e.lot_to, d.currency, sum(l.value), count(*)
  from guarantee.event e
  join guarantee.lot l on l.dispute = e.dispute and l.lot = e.fields ->> 'lot'
  join guarantee.dispute d on d.dispute = e.dispute
 where e.lot_from <> e.lot_to
 group by e."on", e.office, e.lot_from, e.lot_to, d.currency;
