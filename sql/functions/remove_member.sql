create function guarantee_api.remove_member(login text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  lock table guarantee.membership in share row exclusive mode;
  update guarantee.membership m set taken_at = greatest(clock_timestamp(), m.given_at), taken_by = session_user
   where m.login = remove_member.login and m.taken_at is null;
  if not found then
    raise exception '% has no role', login using errcode = 'GL008', hint = 'See guarantee user list.';
  end if;
  if exists (select from pg_roles r where r.rolname = remove_member.login) then
    execute format('revoke guarantee_clerk, guarantee_approver, guarantee_auditor from %I', login);
    -- Who owns the ledger keeps the way in.
    if not pg_has_role(login, 'guarantee_owner', 'usage') then
      execute format('alter role %I nologin', login);
    end if;
  end if;
end
$$;
comment on function guarantee_api.remove_member(text) is
  'Takes all roles from a login and disables it; what it did keeps its name. Sessions that it still has can do nothing any more';
