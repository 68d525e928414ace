create function guarantee_api.set_grants() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  people constant text := 'guarantee_clerk, guarantee_approver, guarantee_auditor';
  granted record;
begin
  revoke all on all tables in schema guarantee, guarantee_api, guarantee_past from public;
  revoke all on all functions in schema guarantee, guarantee_api, guarantee_past, guarantee_desk, guarantee_desk_past from public;
  for granted in
    select t.oid::regtype as type from pg_type t join pg_class c on c.oid = t.typrelid
     where c.relkind = 'c' and t.typnamespace in ('guarantee_api'::regnamespace, 'guarantee_desk'::regnamespace, 'guarantee_desk_past'::regnamespace)
  loop
    execute format('revoke all on type %s from public', granted.type);
  end loop;
  grant usage on schema guarantee, guarantee_api, guarantee_past to guarantee_reader;
  grant select on all tables in schema guarantee, guarantee_api, guarantee_past to guarantee_reader;
  -- Its own, but before 15.
  grant select on all tables in schema guarantee_api, guarantee_past to guarantee_owner;
  for granted in
    select p.oid::regprocedure as function, p.proname, p.pronamespace,
           case when p.pronamespace in ('guarantee_desk'::regnamespace, 'guarantee_desk_past'::regnamespace)
                  then case when p.proname ~ '^(export_|check_ledger$|receipt_of$|sealed_hashes$)' then 'guarantee_auditor' else people end
                when p.proname in ('record', 'report_refusals', 'ages_of') then 'guarantee_clerk'
                when p.proname in ('approve') then 'guarantee_approver'
                when p.proname in ('refuse') then 'guarantee_clerk, guarantee_approver'
                when p.proname in ('events_after', 'events_lost', 'journal_end', 'offices_of', 'watch', 'unwatch', 'follower_lock') then people
           end as grantees,
           p.provolatile <> 'v' or p.proname = 'look_back' as is_reading
      from pg_proc p
     where p.pronamespace in ('guarantee_api'::regnamespace, 'guarantee_past'::regnamespace, 'guarantee_desk'::regnamespace, 'guarantee_desk_past'::regnamespace)
  loop
    if granted.is_reading then
      execute format('grant execute on function %s to guarantee_reader', granted.function);
    end if;
    if granted.grantees is not null then
      execute format('grant execute on function %s to %s', granted.function, granted.grantees);
    end if;
  end loop;
  execute 'grant usage on schema guarantee_api, guarantee_desk, guarantee_desk_past to ' || people;
end
$$;
comment on function guarantee_api.set_grants() is
  'Nobody may call or read anything but what is granted here: to people the functions of their roles, and to no login a table';
