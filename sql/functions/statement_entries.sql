create function guarantee_api.statement_entries(account text, dispute text, guarantor text, since date, until date, first bigint)
returns setof guarantee.entry
language plpgsql stable
set plan_cache_mode = force_custom_plan
set enable_sort = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off
as $$
begin
  if account is null and dispute is null then
    -- Whole events, so that the page can be cut by the accounts' names.
    return query
      select n.* from guarantee.entry n
       where n.guarantor = statement_entries.guarantor and n.guarantor <> ''
         and n."on" between coalesce(since, '-infinity') and coalesce(until, 'infinity')
       order by n."on", n.key
       fetch first (statement_entries.first + (
         select count(*) from guarantee.entry d
          where d.guarantor = statement_entries.guarantor and d.guarantor <> '' and d."on" = since)) rows with ties;
  else
    return query
      select n.*
        from guarantee_api.statement_accounts(statement_entries.account, statement_entries.dispute, statement_entries.guarantor, until) a
        cross join lateral (
          select e.* from guarantee.entry e
           where e.account_id = a.account_id and e.version <= 100
             and e."on" between coalesce(since, '-infinity') and coalesce(until, 'infinity')
          union all (
            select e.* from guarantee.entry e
             where e.account_id = a.account_id and e.version > 100
               and e."on" between coalesce(since, '-infinity') and coalesce(until, 'infinity')
             order by e."on", e.key, e.line
             limit statement_entries.first + (
               select count(*) from guarantee.entry d where d.account_id = a.account_id and d.version > 100 and d."on" = since))
        ) n;
  end if;
end
$$;
comment on function guarantee_api.statement_entries(text, text, text, date, date, bigint) is
  'The entries of a period that a page of a statement can show, and some more: all of the day on which it begins, and as many as are wanted of those after it. Whatever the planner thinks of an account''s size, they are read in the order of their dates: sorting is what it should do for a day at most';
