create function guarantee_api.apply(verdicts guarantee_api.verdict[], steps text[]) returns void
language plpgsql as $$
begin
  if 'register' = any(steps) then
    perform guarantee_api.apply_to_registers(verdicts);
  end if;
  if 'dispute' = any(steps) then
    perform guarantee_api.apply_to_disputes(verdicts);
  end if;
  if 'lot' = any(steps) then
    perform guarantee_api.apply_to_lots(verdicts);
  end if;
  if steps && '{starts,meets}' then
    perform guarantee_api.apply_to_deadlines(verdicts);
  end if;
  if 'position' = any(steps) then
    perform guarantee_api.apply_to_positions(verdicts);
  end if;
  if 'entries' = any(steps) then
    perform guarantee_api.apply_to_accounts(verdicts);
  end if;
  if 'exposure' = any(steps) then
    perform guarantee_api.apply_to_exposure(verdicts);
  end if;
end
$$;
comment on function guarantee_api.apply(guarantee_api.verdict[], text[]) is 'Writes what a round of accepted events does to the tables that follow from the journal';
