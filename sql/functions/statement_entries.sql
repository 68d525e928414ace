create function guarantee_api.statement_entries(account text, dispute text, guarantor text, first bigint) returns setof guarantee.entry
language plpgsql stable
set plan_cache_mode = force_custom_plan
set enable_sort = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off
as $$
declare
  of_dispute text := (select d.office from guarantee.dispute d where d.dispute = statement_entries.dispute);
  named bigint[] := array(select guarantee_api.accounts_named(statement_entries.account));
begin
  if account is null and dispute is null then
    -- Whole events, so that the page can be cut by the accounts' names.
    return query
      select n.* from guarantee.entry n
       where n.guarantor = statement_entries.guarantor and n.guarantor <> ''
       order by n."on", n.key fetch first (statement_entries.first) rows with ties;
  else
    return query
      select n.*
        from guarantee.account a
        cross join lateral (
          select e.* from guarantee.entry e where e.account_id = a.account_id and e.version <= 100
          union all (
            select e.* from guarantee.entry e where e.account_id = a.account_id and e.version > 100
             order by e."on", e.key, e.line limit statement_entries.first)
        ) n
       where (statement_entries.account is null or a.account_id = any(named))
         and (statement_entries.dispute is null or a.dispute = statement_entries.dispute and a.office = of_dispute)
         and (statement_entries.guarantor is null or a.guarantor = statement_entries.guarantor);
  end if;
end
$$;
comment on function guarantee_api.statement_entries(text, text, text, bigint) is
  'The entries that the first page of a statement can show, and some more. Whatever the planner thinks of an account''s size, they are read in the order of their dates: sorting is what it should do for a day at most';
