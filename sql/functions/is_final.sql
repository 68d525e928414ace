create function guarantee_api.is_final(stage text) returns boolean
language plpgsql stable as $$
begin
  return not exists (select from guarantee.dispute_transition t where t.from_stage = stage and t.to_stage <> stage);
end
$$;
comment on function guarantee_api.is_final(text) is 'No event leads on from this stage';
