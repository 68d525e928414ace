create function guarantee_api.apply_to_lots(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.lot (dispute, lot, state, value)
  select v.dispute, v.lot, v.lot_to, v.amount from unnest(verdicts) v where v.lot_from = '';

  update guarantee.lot l set state = v.lot_to
    from unnest(verdicts) v
   where v.lot_from <> '' and v.lot_to <> v.lot_from and l.dispute = v.dispute and l.lot = v.lot;
end
$$;
comment on function guarantee_api.apply_to_lots(guarantee_api.verdict[]) is 'Adds lots and moves them';
