create view guarantee_past.closing_balance as
  select b.* from guarantee.closing_balance b
    join guarantee_past.closing c on c.office = b.office and c.through = b.through;
comment on view guarantee_past.closing_balance is 'The accounts of those closings';
