-- The event of an entry is looked up by its key. As a condition with "not exists" it could be planned, by the size of a
-- session's first batch, as a hash of the whole journal, made anew for each call.

create or replace function guarantee.check_entries() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select i.office, i.sequence into wrong
    from (
      select n.office, n.sequence, sum(n.amount) as total, bool_or(a.office is distinct from n.office or r.ledger is null) as astray
        from inserted n
        left join lateral (select x.* from guarantee.account x where x.account_id = n.account_id offset 0) a on true
        left join lateral (select x.ledger from guarantee.account_role x where x.role = a.role offset 0) r on true
       group by n.office, n.sequence, r.ledger, a.currency
    ) i
    left join lateral (select true as there from guarantee.event x where x.office = i.office and x.sequence = i.sequence offset 0) e on true
   where i.total <> 0 or i.astray or e.there is null
   limit 1;
  if found then
    raise exception 'the entries of event % of office % don''t sum to zero for each ledger and currency of its accounts', wrong.sequence, wrong.office
      using errcode = 'GL002', table = 'entry', constraint = 'entry_balanced',
            hint = 'Insert all entries of an event in one statement, debits equal to credits.';
  end if;
  return null;
end
$$;
