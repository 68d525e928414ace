create function guarantee_api.journal_end(offices jsonb default null) returns table (office text, sequence bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select b.office, b.sequence
    from guarantee.book b
   where (journal_end.offices is null or journal_end.offices ? b.office) and b.sequence > 0
$$;
comment on function guarantee_api.journal_end(jsonb) is 'The last sequence number of each office, or of those named';
revoke execute on function guarantee_api.journal_end(jsonb) from public;
