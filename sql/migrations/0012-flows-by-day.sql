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
select d."on", d.office, d.role, k.role, d.currency, sum(d.amount), count(*)
  from (
    select n."on", n.office, n.sequence, a.role, a.currency, n.amount, row_number() over (partition by n.office, n.sequence order by n.line) as place
      from guarantee.entry n join guarantee.account a on a.account_id = n.account_id where n.amount > 0
  ) d
  join (
    select n.office, n.sequence, a.role, row_number() over (partition by n.office, n.sequence order by n.line) as place
      from guarantee.entry n join guarantee.account a on a.account_id = n.account_id where n.amount < 0
  ) k on k.office = d.office and k.sequence = d.sequence and k.place = d.place
 group by d."on", d.office, d.role, k.role, d.currency;

insert into guarantee.goods_flow ("on", office, lot_from, lot_to, currency, value, lots)
select e."on", e.office, e.lot_from, e.lot_to, d.currency, sum(l.value), count(*)
  from guarantee.event e
  join guarantee.lot l on l.dispute = e.dispute and l.lot = e.fields ->> 'lot'
  join guarantee.dispute d on d.dispute = e.dispute
 where e.lot_from <> e.lot_to
 group by e."on", e.office, e.lot_from, e.lot_to, d.currency;
