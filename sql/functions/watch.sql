create function guarantee_api.watch() returns xid8
language plpgsql
-- Whoever holds it alone can't be waited for; those who record do so for a moment only.
set lock_timeout = '100ms'
as $$
declare
  own xid8;
begin
  listen guarantee_events;
  perform pg_advisory_lock_shared(guarantee_api.follower_lock());
  -- Numbered after the lock was taken: whoever may have looked for followers before has a lower number. A snapshot alone would not
  -- tell, since it ends before the latest number when that one's transaction is still open.
  own := pg_current_xact_id();
  return (select case when pg_snapshot_xmin(s) < own then own end from pg_current_snapshot() s);
end
$$;
comment on function guarantee_api.watch() is
  'Has this session called when events are recorded. Whoever records now may have looked for followers before: until all transactions before the returned one have ended (null: none is open) a follower has to look by itself. Fails when another program keeps the lock from all followers';
