create function guarantee_api.is_administrator() returns boolean
language plpgsql stable as $$
begin
  -- Where the roles could not be made, the ledger is its owner's alone.
  return coalesce(pg_has_role(session_user, to_regrole('guarantee_owner')::oid, 'usage'), true);
end
$$;
comment on function guarantee_api.is_administrator() is
  'The session''s login owns the ledger: it has the rights of guarantee_owner, as a superuser has';
