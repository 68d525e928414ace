create function guarantee_api.make_logins() returns table (login text, is_made boolean)
language plpgsql set search_path = pg_catalog, pg_temp set client_min_messages = warning as $$
declare
  member record;
begin
  for member in
    select m.login, array_agg(distinct 'guarantee_' || m.role order by 'guarantee_' || m.role) as roles,
           exists (select from pg_roles r where r.rolname = m.login) as is_there
      from guarantee.membership m where m.taken_at is null
     group by m.login order by m.login
  loop
    login := member.login;
    is_made := not member.is_there;
    begin
      if is_made then
        begin
          execute format('create role %I login', member.login);
        exception
          when duplicate_object or unique_violation then
            is_made := false; -- Somebody else made it meanwhile.
        end;
      end if;
      execute format('grant %s to %I', (select string_agg(quote_ident(r), ', ') from unnest(member.roles) r), member.login);
    exception
      when insufficient_privilege then
        is_made := null;
    end;
    return next;
  end loop;
end
$$;
comment on function guarantee_api.make_logins() is
  'For a ledger that was restored: makes the logins of members that the server does not have, without a password, and gives all of them their roles; is_made is null where this login may not';
