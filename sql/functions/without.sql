create function guarantee_api.without(ruling guarantee_api.ruling, positions integer[]) returns guarantee_api.ruling
language plpgsql stable as $$
begin
  select array_agg(v),
         array_agg(v) filter (where 'register' = any(v.steps)),
         array_agg(v) filter (where 'dispute' = any(v.steps)),
         array_agg(v) filter (where 'lot' = any(v.steps)),
         array_agg(v) filter (where v.steps && '{starts,meets}'),
         array_agg(v) filter (where 'position' = any(v.steps)),
         array_agg(v) filter (where 'entries' = any(v.steps)),
         array_agg(v) filter (where 'exposure' = any(v.steps))
    into ruling.accepted, ruling.to_registers, ruling.to_disputes, ruling.to_lots, ruling.to_deadlines, ruling.to_positions,
         ruling.to_accounts, ruling.to_exposure
    from unnest(ruling.accepted) v where v.position <> all(positions);
  return ruling;
end
$$;
comment on function guarantee_api.without(guarantee_api.ruling, integer[]) is 'A ruling that accepts all it did but the events at some positions';
