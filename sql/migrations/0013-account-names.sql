-- An account's name is a column: row security lets people's readings take an index of an expression in its order, but not
-- from a place on. It is kept when an account is opened, and no update has to make it again for the index.
drop index guarantee.account_named;
alter table guarantee.account add column name text collate "C" not null generated always as (
  office || ':' || role || case dispute when '' then '' else ':' || dispute end || case guarantor when '' then '' else ':' || guarantor end || ':' || currency
) stored;
create index account_named on guarantee.account ((is_zero::integer), name);
comment on column guarantee.account.name is 'As people name it: QINGDAO:counter_guarantee_held:QD-1:BANK-A:CNY';
