create function guarantee_api.wake_followers() returns void
language plpgsql as $$
begin
  -- A notification makes all commits of the database wait for each other, so nobody is called when nobody waits. To find
  -- others looking at the same moment counts as finding a follower, which does no harm.
  if pg_try_advisory_lock(guarantee_api.follower_lock()) then
    perform pg_advisory_unlock(guarantee_api.follower_lock());
  else
    perform pg_notify('guarantee_events', '');
  end if;
end
$$;
comment on function guarantee_api.wake_followers() is
  'Calls those who wait for new events, at the commit of the transaction that records them';
