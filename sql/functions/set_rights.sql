create function guarantee_api.set_rights() returns text
language plpgsql set search_path = pg_catalog, pg_temp set client_min_messages = warning as $$
declare
  missing text := guarantee_api.make_roles();
begin
  if missing is null then
    perform guarantee_api.set_owners(), guarantee_api.set_policies(), guarantee_api.make_desk('guarantee_reader'), guarantee_api.set_grants();
  else
    perform guarantee_api.make_desk(quote_ident(current_user)::regrole);
  end if;
  return missing;
end
$$;
comment on function guarantee_api.set_rights() is
  'Gives everything its owner and everybody their rights, whatever they were; called when functions have been made anew. Where the login may not make the roles, the readings of pages run with its own, and what somebody who may has to run first is said';
