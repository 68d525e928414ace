create function guarantee_api.chain_next(state bytea, head bytea, bytes bytea) returns bytea
language plpgsql immutable parallel safe as $$
begin
  return sha256(coalesce(state, head) || bytes);
end
$$;
comment on function guarantee_api.chain_next(bytea, bytea, bytea) is
  'The hash after the one before it, which is the head for the first. plpgsql: called for each row, it costs a third of what SQL does';
