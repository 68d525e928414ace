-- Begun with is_zero as it is, this index was taken for finding accounts of a role too, by reading all that aren't zero.
drop index guarantee.account_named;
create index account_named on guarantee.account (
  (is_zero::integer),
  (office || ':' || role || case dispute when '' then '' else ':' || dispute end || case guarantor when '' then '' else ':' || guarantor end || ':' || currency)
);
