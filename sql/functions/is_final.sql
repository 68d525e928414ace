create function guarantee_api.is_final(stage text) returns boolean
language plpgsql stable strict as $$
begin
  return exists (select from guarantee.dispute_transition t where t.to_stage = stage)
     and not exists (select from guarantee.dispute_transition t where t.from_stage = stage and t.to_stage <> stage);
end
$$;
comment on function guarantee_api.is_final(text) is 'An event leads to this stage and none on from it';
