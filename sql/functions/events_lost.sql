create function guarantee_api.events_lost(seen jsonb, times jsonb) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
begin
  return exists (
    select
      from jsonb_each_text(seen) s (office, sequence)
      left join lateral (select x.* from guarantee.book x where x.office = s.office offset 0) b on true
      left join lateral (
        select x.* from guarantee.event x where x.office = s.office and x.sequence = s.sequence::bigint offset 0
      ) e on true
     where case when e.sequence is null then not pg_is_in_recovery() or b.sequence >= s.sequence::bigint
                else e.recorded_at <> (times ->> s.office)::timestamptz end);
end
$$;
comment on function guarantee_api.events_lost(jsonb, jsonb) is
  'Whether the journal lacks what somebody has seen of it, or has something else there: the last sequence number of each office, and when that was recorded as far as it is known. What a standby has not received yet is not lost';
revoke execute on function guarantee_api.events_lost(jsonb, jsonb) from public;
