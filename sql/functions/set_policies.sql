create function guarantee_api.set_policies() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  visible constant text := '(select guarantee_api.visible_offices())';
  of_dispute constant text := visible || ' is null or exists (select from guarantee.dispute d where d.dispute = %s.dispute)';
  everybodys constant text[] := '{migration,source,setting,currency,account_role,event_type,event_field,dispute_transition,lot_transition,posting,
    deadline_rule,deadline_expiry,guard,statutory_day,calendar_day,working_day,approval_limit}';
  own record;
begin
  for own in
    select c.relname,
           case when c.relname in ('attempt', 'attempt_book') then format('%s is null or office <> '''' and office = any(%s::text[])', visible, visible)
                when c.relname = 'seal' then visible || ' is null'
                when c.relname = 'membership' then 'login = session_user or (select guarantee_api.is_administrator())'
                when c.relname = 'approval' then
                  'exists (select from guarantee.pending p where p.key = approval.key and p.proposed_at = approval.proposed_at)'
                when c.relname in ('lot', 'guarantor_position') then format(of_dispute, c.relname)
                when c.relname in ('bank_statement', 'bank_line') then
                  format('exists (select from guarantee.bank_account b where b.account = %1$s.account and b.currency = %1$s.currency)', c.relname)
                when c.relname = 'bank_match_part' then 'exists (select from guarantee.bank_match m where m.match = bank_match_part.match)'
                when c.relname in ('party', 'recordal') then visible || ' is distinct from ''{}'''
                when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'office' and not a.attisdropped)
                     and c.relname <> 'approval_limit'
                  then format('(office = any(%s)) is not false', visible || '::text[]')
                -- What is not known to be everybody's is for those of all offices.
                when c.relname = any(everybodys) then 'true'
                else visible || ' is null' end as rows
      from pg_class c
     where c.relnamespace = 'guarantee'::regnamespace and c.relkind = 'r'
  loop
    execute format('alter table guarantee.%I enable row level security, force row level security', own.relname);
    execute format('drop policy if exists %I on guarantee.%I', own.relname || '_of_owner', own.relname);
    execute format('create policy %I on guarantee.%I to guarantee_owner using (true) with check (true)', own.relname || '_of_owner', own.relname);
    execute format('drop policy if exists %I on guarantee.%I', own.relname || '_of_office', own.relname);
    execute format('create policy %I on guarantee.%I for select to guarantee_reader using (%s)', own.relname || '_of_office', own.relname, own.rows);
  end loop;
end
$$;
comment on function guarantee_api.set_policies() is
  'Row security on every table: the owner''s functions write all rows, and who reads for people sees those of the session''s login''s offices. They are looked up once for a statement';
