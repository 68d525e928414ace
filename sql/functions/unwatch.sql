create function guarantee_api.unwatch() returns void
language plpgsql as $$
begin
  unlisten guarantee_events;
  perform pg_advisory_unlock_shared(guarantee_api.follower_lock());
end
$$;
comment on function guarantee_api.unwatch() is
  'Ends what watch() began: a follower that is busy is not to be called, nor to keep notifications waiting for it';
