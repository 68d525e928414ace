create function guarantee_api.without(ruling guarantee_api.ruling, positions integer[]) returns guarantee_api.ruling
language plpgsql stable as $$
begin
  ruling.accepted := (select array_agg(v) from unnest(ruling.accepted) v where v.position <> all(positions));
  ruling.to_registers := (select array_agg(v) from unnest(ruling.to_registers) v where v.position <> all(positions));
  ruling.to_disputes := (select array_agg(v) from unnest(ruling.to_disputes) v where v.position <> all(positions));
  ruling.to_lots := (select array_agg(v) from unnest(ruling.to_lots) v where v.position <> all(positions));
  ruling.to_start_deadlines := (select array_agg(v) from unnest(ruling.to_start_deadlines) v where v.position <> all(positions));
  ruling.to_meet_deadlines := (select array_agg(v) from unnest(ruling.to_meet_deadlines) v where v.position <> all(positions));
  ruling.to_positions := (select array_agg(v) from unnest(ruling.to_positions) v where v.position <> all(positions));
  ruling.to_accounts := (select array_agg(v) from unnest(ruling.to_accounts) v where v.position <> all(positions));
  ruling.to_exposure := (select array_agg(v) from unnest(ruling.to_exposure) v where v.position <> all(positions));
  return ruling;
end
$$;
comment on function guarantee_api.without(guarantee_api.ruling, integer[]) is 'A ruling that accepts all it did but the events at some positions';
