create function guarantee_api.follower_lock() returns bigint
language sql immutable parallel safe as $$
  select 7276045817
$$;
comment on function guarantee_api.follower_lock() is
  'The advisory lock that is shared by all who follow the journal and wait to be woken; any number will do';
