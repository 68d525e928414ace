create function guarantee_api.statement_accounts(account text, dispute text, guarantor text, until date) returns setof guarantee.account
language plpgsql stable
set plan_cache_mode = force_custom_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off
as $$
declare
  of_dispute text := (select d.office from guarantee.dispute d where d.dispute = statement_accounts.dispute);
begin
  if account is null and dispute is null then
    return query
      select a.* from guarantee.account a
       where a.account_id in (
         select n.account_id from guarantee.entry n
          where n.guarantor = statement_accounts.guarantor and n.guarantor <> '' and n."on" <= coalesce(until, 'infinity'));
  else
    return query
      select a.* from guarantee.account a
       where (statement_accounts.account is null or a.is_zero::integer in (0, 1) and a.name = statement_accounts.account)
         and (statement_accounts.dispute is null or a.dispute = statement_accounts.dispute and a.office = of_dispute)
         and (statement_accounts.guarantor is null or a.guarantor = statement_accounts.guarantor)
         and exists (select from guarantee.entry n where n.account_id = a.account_id and n."on" <= coalesce(until, 'infinity'));
  end if;
end
$$;
comment on function guarantee_api.statement_accounts(text, text, text, date) is
  'The accounts that a statement is of: those by this name, or of this dispute or guarantor, that have entries dated through a day';
