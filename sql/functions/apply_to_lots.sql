create function guarantee_api.apply_to_lots(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.lot (dispute, lot, state, value)
  select v.dispute, v.lot, v.lot_to, case when v.lot_from = '' then v.amount else l.value end
    from unnest(verdicts) v
    left join lateral (select x.value from guarantee.lot x where x.dispute = v.dispute and x.lot = v.lot offset 0) l on true
  on conflict (dispute, lot) do update set state = excluded.state;
end
$$;
comment on function guarantee_api.apply_to_lots(guarantee_api.verdict[]) is 'Adds lots and moves them';
