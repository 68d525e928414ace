create view guarantee_api.expected_goods_flow as
  select e."on", e.office, e.lot_from, e.lot_to, d.currency, sum(l.value) as value, count(*) as lots
    from guarantee.event e
    join guarantee.lot l on l.dispute = e.dispute and l.lot = e.fields ->> 'lot'
    join guarantee.dispute d on d.dispute = e.dispute
   where e.lot_from <> e.lot_to
   group by e."on", e.office, e.lot_from, e.lot_to, d.currency;
comment on view guarantee_api.expected_goods_flow is 'What goods went from one state to another on each day by the events';
