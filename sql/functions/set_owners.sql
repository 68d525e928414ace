create function guarantee_api.set_owners() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  command text;
begin
  for command in
    select format('alter schema %I owner to guarantee_owner', n.nspname)
      from pg_namespace n where n.nspname in ('guarantee', 'guarantee_api', 'guarantee_past') and n.nspowner <> 'guarantee_owner'::regrole
    union all
    select 'grant usage, create on schema guarantee_api, guarantee_past to guarantee_reader'
    union all
    select format('alter %s %s owner to guarantee_owner', case c.relkind when 'v' then 'view' when 'c' then 'type' else 'table' end, c.oid::regclass)
      from pg_class c
     where c.relnamespace in ('guarantee'::regnamespace, 'guarantee_api'::regnamespace, 'guarantee_past'::regnamespace)
       and c.relkind in ('r', 'v', 'c') and c.relowner <> 'guarantee_owner'::regrole
    union all
    -- A view shows what its reader may see; before 15 there is nobody but guarantee_reader to be taken for him.
    select format(case when current_setting('server_version_num')::integer >= 150000 then 'alter view %s set (security_invoker = true)'
                       else 'alter view %s owner to guarantee_reader' end, c.oid::regclass)
      from pg_class c where c.relnamespace in ('guarantee_api'::regnamespace, 'guarantee_past'::regnamespace) and c.relkind = 'v'
    union all
    -- What only reads for people, with rights of its own, belongs to the role that sees what they may see.
    select format('alter function %s owner to %s', p.oid::regprocedure, case when p.prosecdef and p.provolatile <> 'v' then 'guarantee_reader' else 'guarantee_owner' end)
      from pg_proc p
     where p.pronamespace in ('guarantee'::regnamespace, 'guarantee_api'::regnamespace, 'guarantee_past'::regnamespace)
    union all
    select 'revoke create on schema guarantee_api, guarantee_past from guarantee_reader'
  loop
    execute command;
  end loop;
end
$$;
comment on function guarantee_api.set_owners() is
  'Gives tables and functions to guarantee_owner, and to guarantee_reader those functions that read for people';
