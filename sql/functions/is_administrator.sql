create function guarantee_api.is_administrator() returns boolean
language plpgsql stable as $$
begin
  return pg_has_role(session_user, (select n.nspowner from pg_namespace n where n.nspname = 'guarantee'), 'usage');
end
$$;
comment on function guarantee_api.is_administrator() is
  'The session''s login owns the ledger: it has the rights of guarantee_owner, as a superuser has, or of whoever made it where that role could not be made';
