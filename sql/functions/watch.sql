create function guarantee_api.watch() returns xid8
language plpgsql as $$
begin
  listen guarantee_events;
  perform pg_advisory_lock_shared(guarantee_api.follower_lock());
  -- Seen after the lock was taken: whoever begins to write from now on will find it.
  return (select case when pg_snapshot_xmin(s) < pg_snapshot_xmax(s) then pg_snapshot_xmax(s) end from pg_current_snapshot() s);
end
$$;
comment on function guarantee_api.watch() is
  'Has this session called when events are recorded. Whoever records now may have looked for followers before: until all transactions before the returned one have ended (null: none is open) a follower has to look by itself';
