create function guarantee_api.apply_to_lots(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  with moved as (
    select v.office, v."on", v.dispute, v.lot, v.lot_from, v.lot_to, case when v.lot_from = '' then v.amount else l.value end as value
      from unnest(verdicts) v
      left join lateral (select x.value from guarantee.lot x where x.dispute = v.dispute and x.lot = v.lot offset 0) l on true
  ), kept as (
    insert into guarantee.lot (dispute, lot, state, value)
    select m.dispute, m.lot, m.lot_to, m.value from moved m
    on conflict (dispute, lot) do update set state = excluded.state
  )
  insert into guarantee.goods_flow as f ("on", office, lot_from, lot_to, currency, value, lots)
  select m."on", m.office, m.lot_from, m.lot_to, d.currency, sum(m.value), count(*)
    from moved m
    cross join lateral (select x.currency from guarantee.dispute x where x.dispute = m.dispute offset 0) d
   where m.lot_from <> m.lot_to
   group by m."on", m.office, m.lot_from, m.lot_to, d.currency
  on conflict ("on", office, lot_from, lot_to, currency) do update set value = f.value + excluded.value, lots = f.lots + excluded.lots;
end
$$;
comment on function guarantee_api.apply_to_lots(guarantee_api.verdict[]) is 'Adds lots and moves them, and what goods went from one state to another that day';
