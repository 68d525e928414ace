create function guarantee_api.make_roles() returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted text[] := array(select r from unnest('{guarantee_owner,guarantee_reader,guarantee_clerk,guarantee_approver,guarantee_auditor}'::text[]) r
                          where to_regrole(r) is null);
  am_super boolean := (select r.rolsuper from pg_roles r where r.rolname = current_user);
  name text;
begin
  foreach name in array wanted loop
    begin
      execute format('create role %I nologin', name);
    exception
      when insufficient_privilege then
        return array_to_string(array(select format('create role %I nologin;', w) from unnest(wanted) w), ' ')
          || format(' grant guarantee_owner, guarantee_reader to %I;', current_user);
      when duplicate_object or unique_violation then
        null; -- Another ledger of the same server made it meanwhile.
    end;
  end loop;
  if not am_super and not (pg_has_role('guarantee_owner', 'member') and pg_has_role('guarantee_reader', 'member')) then
    begin
      execute format('grant guarantee_owner, guarantee_reader to %I', current_user);
    exception
      when insufficient_privilege then
        return format('grant guarantee_owner, guarantee_reader to %I;', current_user);
    end;
  end if;
  if not has_database_privilege('guarantee_owner', current_database(), 'create') then
    -- Whoever is to own a schema must be allowed to make one; a superuser gives it away as it is.
    if not am_super then
      begin
        execute format('grant create on database %I to guarantee_owner, guarantee_reader', current_database());
      exception
        when insufficient_privilege then
          return format('grant create on database %I to guarantee_owner, guarantee_reader;', current_database());
      end;
    end if;
  end if;
  return null;
end
$$;
comment on function guarantee_api.make_roles() is
  'Makes the server''s roles that the ledger needs, none of them a login or a superuser; what has to be run for it, when this login may not';
