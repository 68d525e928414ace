create function guarantee_api.make_desk(keeper regrole) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  desk record;
  identity text;
begin
  drop schema if exists guarantee_desk, guarantee_desk_past cascade;
  execute format('create schema guarantee_desk authorization %1$s; create schema guarantee_desk_past authorization %1$s', keeper);
  comment on schema guarantee_desk is 'What people may read by: the readings of guarantee_api, of the offices that are theirs';
  comment on schema guarantee_desk_past is 'The same of guarantee_past';
  for desk in
    select p.oid, p.proname, format('guarantee_desk%s.%I', case n.nspname when 'guarantee_past' then '_past' else '' end, p.proname) as name,
           format('%s.%I(%s)', n.nspname, p.proname, g.parameters) as call, g.parameters,
           pg_get_function_arguments(p.oid) as arguments, pg_get_function_identity_arguments(p.oid) as identity,
           pg_get_function_result(p.oid) as result, pg_get_function_result(p.oid) like 'TABLE(%' as gives_rows, p.provolatile, obj_description(p.oid, 'pg_proc') as comment,
           p.proname ~ '^(export_|check_ledger$|receipt_of$|sealed_hashes$)' as of_all
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      cross join lateral (select coalesce(string_agg('$' || i, ', ' order by i), '') as parameters from generate_series(1, p.pronargs) i) g
     where n.nspname in ('guarantee_api', 'guarantee_past') and not p.prosecdef
       and (p.proname ~ '^(report_|export_)' and p.provolatile <> 'v'
            or p.proname in ('due', 'dispute_history', 'today', 'lapsed', 'check_ledger', 'receipt_of', 'sealed_hashes', 'schema_state', 'members', 'look_back',
                             'bank_events', 'bank_matches', 'choices', 'event_facts', 'events_in_period', 'field_problem', 'find', 'installation', 'likely_value', 'next_steps', 'preview', 'todo',
                             'unknown_names', 'what_is_needed'))
  loop
    if desk.gives_rows then
      execute format('create type %s_row as (%s)', desk.name, substr(desk.result, 7, length(desk.result) - 7));
      execute format('comment on type %s_row is %L', desk.name, 'A row of ' || desk.name);
      execute format('alter type %s_row owner to %s', desk.name, keeper);
    end if;
    -- A server as it comes thinks of disks that turn, and compiles what is read in milliseconds.
    execute format(
      'create function %s(%s) returns %s language plpgsql %s security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan
       set random_page_cost = 1.1 set jit = off as %L',
      desk.name, concat_ws(', ', nullif(desk.arguments, ''), case when desk.gives_rows then 'page jsonb default null' end),
      case when desk.gives_rows then 'setof ' || desk.name || '_row' else desk.result end,
      case desk.provolatile when 'v' then 'volatile' else 'stable' end,
      'begin ' || case when desk.of_all then 'perform guarantee_api.require_all_offices(); ' else '' end
      || case when desk.gives_rows
           then format(
             'if page is null then return query select * from %1$s; else return query execute guarantee_api.page_of(%1$L, %2$L, page)%3$s; end if',
             desk.call, desk.name || '_row', nullif(' using ' || desk.parameters, ' using '))
           when desk.result = 'void' then 'perform ' || desk.call else 'return ' || desk.call end || '; end');
    identity := concat_ws(', ', nullif(desk.identity, ''), case when desk.gives_rows then 'page jsonb' end);
    execute format('comment on function %s(%s) is %L', desk.name, identity, desk.comment);
    execute format('alter function %s(%s) owner to %s', desk.name, identity, keeper);
  end loop;
  revoke all on all functions in schema guarantee_desk, guarantee_desk_past from public;
end
$$;
comment on function guarantee_api.make_desk(regrole) is
  'Makes of each reading one that runs with the rights of a role, and gives all rows or a page of them (page_of). The readings themselves stay as they are, for whole readings of those who own the ledger: from functions with rights of their own no row comes before the last is there';
