create function guarantee_api.events_lost(seen jsonb, times jsonb default '{}') returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
declare
  readable text[] := guarantee_api.visible_offices();
begin
  return exists (
    select
      from (
        select s.office, split_part(s.value, '@', 1)::bigint as sequence, nullif(split_part(s.value, '@', 2), '') as mark
          from jsonb_each_text(seen) s (office, value)
         where readable is null or s.office = any(readable)
      ) s
      left join lateral (select x.* from guarantee.book x where x.office = s.office offset 0) b on true
      left join lateral (
        select x.* from guarantee.event x where x.office = s.office and x.sequence = s.sequence offset 0
      ) e on true
     where case when e.sequence is null then not pg_is_in_recovery() or b.sequence >= s.sequence
                else guarantee_api.hash_mark(e.hash) <> s.mark or e.recorded_at <> (times ->> s.office)::timestamptz end);
end
$$;
comment on function guarantee_api.events_lost(jsonb, jsonb) is
  'Whether the journal lacks what somebody has seen of it, or has something else there: the last sequence number of each office, with the first eight digits of its hash behind an @ where they are known. Not asked of offices that the login may not read; what a standby has not received yet is not lost. times: when those were recorded, which programs before the marks say';
revoke execute on function guarantee_api.events_lost(jsonb, jsonb) from public;
