create function guarantee_api.open_lot_of(dispute text) returns guarantee.lot
language plpgsql stable as $$
declare
  lot guarantee.lot;
begin
  select x.* into lot from guarantee.lot x
   where x.dispute = open_lot_of.dispute and x.state in ('held', 'released_conditionally') order by x.lot limit 1;
  return lot;
end
$$;
comment on function guarantee_api.open_lot_of(text) is 'The first lot of a dispute that is not yet done with';
