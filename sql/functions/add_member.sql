create function guarantee_api.add_member(login text, role text, offices text[], verifier text default null) returns void
language plpgsql set search_path = pg_catalog, pg_temp set client_min_messages = warning as $$
declare
  missing text := case when to_regnamespace('guarantee_desk') is null then guarantee_api.set_rights() end;
  wrong text := case
    when login !~ '^[A-Za-z0-9_][A-Za-z0-9_.@-]*$' or octet_length(login) > 63 or login ~ '^(pg_|guarantee_)' then format('%s can be no login''s name', login)
    when role not in ('clerk', 'approver', 'auditor') then format('there is no role %s', role)
    when coalesce(offices, '{}') = '{}' then 'a role is at an office, or at all'
    when verifier !~ '^SCRAM-SHA-256\$' then 'a password is taken as its SCRAM-SHA-256 verifier only'
    else (select format('there is no office %s', o) from unnest(offices) o
           where o <> '' and not exists (select from guarantee.office x where x.office = o) order by o limit 1) end;
begin
  if missing is not null then
    raise exception 'the server''s roles are not there, and this login may not make them; whoever may has to run: %', missing
      using errcode = '42501';
  elsif wrong is not null then
    raise exception '%', wrong using errcode = 'GL008', hint = 'See guarantee user add --help.';
  end if;
  -- One at a time, so that nothing is recorded by whom it was taken from meanwhile.
  lock table guarantee.membership in share row exclusive mode;
  if not exists (select from pg_roles r where r.rolname = add_member.login) then
    execute format('create role %I login', login);
  elsif not (select r.rolcanlogin from pg_roles r where r.rolname = add_member.login) then
    execute format('alter role %I login', login);
  end if;
  if verifier is not null then
    execute format('alter role %I password %L', login, verifier);
  end if;
  execute format('grant %I to %I', 'guarantee_' || role, login);
  insert into guarantee.membership (login, office, role, given_at, given_by)
  select add_member.login, o, add_member.role, clock_timestamp(), session_user
    from (select distinct o from unnest(offices) o) o
   where not exists (select from guarantee.membership m
                      where m.login = add_member.login and m.office = o and m.role = add_member.role and m.taken_at is null);
end
$$;
comment on function guarantee_api.add_member(text, text, text[], text) is
  'Gives a login, which is made if there is none, a role at offices; the empty office is all. For those who own the ledger and may make logins';
