create function guarantee_api.reversible(past guarantee.event) returns boolean
language plpgsql stable as $$
begin
  return past.key is not null and past.reverses is null
     and past.stage_from is not distinct from past.stage_to and past.lot_from is null
     and exists (select from guarantee.entry n where n.office = past.office and n.sequence = past.sequence)
     and not exists (select from guarantee.event again where again.reverses = past.key);
end
$$;
comment on function guarantee_api.reversible(guarantee.event) is 'It moved money but no state, is no reversal and has none';
