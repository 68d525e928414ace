create function guarantee_api.apply(r guarantee_api.ruling) returns guarantee_api.verdict[]
language plpgsql as $$
begin
  if r.to_registers is not null then
    perform guarantee_api.apply_to_registers(r.to_registers);
  end if;
  if r.to_disputes is not null then
    perform guarantee_api.apply_to_disputes(r.to_disputes);
  end if;
  if r.to_lots is not null then
    perform guarantee_api.apply_to_lots(r.to_lots);
  end if;
  if r.to_meet_deadlines is not null then
    perform guarantee_api.meet_deadlines(r.to_meet_deadlines);
  end if;
  if r.to_start_deadlines is not null then
    perform guarantee_api.start_deadlines(r.to_start_deadlines);
  end if;
  if r.to_positions is not null then
    perform guarantee_api.apply_to_positions(r.to_positions);
  end if;
  if r.to_accounts is not null then
    perform guarantee_api.apply_to_accounts(r.to_accounts);
  end if;
  if r.to_exposure is not null then
    perform guarantee_api.apply_to_exposure(r.to_exposure);
  end if;
  return r.accepted;
end
$$;
comment on function guarantee_api.apply(guarantee_api.ruling) is 'Writes what a round of accepted events does to the tables that follow from the journal, and gives the events';
