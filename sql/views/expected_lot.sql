create view guarantee_api.expected_lot as
  select e.dispute, (e.fields ->> 'lot') collate "C" as lot, (array_agg(e.lot_to order by e.sequence desc))[1] as state,
         (array_agg(e.amount order by e.sequence) filter (where e.lot_from = ''))[1] as value
    from guarantee_api.journal e
   where e.lot_to is not null
   group by e.dispute, (e.fields ->> 'lot') collate "C"
  -- Read back to a day, what led a lot on may bear an earlier date than what added it.
  having bool_or(e.lot_from = '');
comment on view guarantee_api.expected_lot is 'Where each lot is by its events, once one of them has added it';
