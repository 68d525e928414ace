create function guarantee_api.vouch_for(outcomes guarantee_api.outcome[]) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  refused guarantee_api.outcome[];
  is_there boolean;
begin
  -- That a commit's wait for a standby was cancelled is said by a warning, which has to reach whoever is answered.
  if current_setting('client_min_messages') = 'error' then
    perform set_config('client_min_messages', 'warning', true);
  end if;
  -- Most calls have one event, and most of those are recorded: nothing of it has to be looked for by a query.
  if cardinality(outcomes) = 1 and (outcomes[1]).result = 'recorded' then
    return outcomes;
  end if;
  select array_agg(o) filter (where o.result not in ('replayed', 'pending')), bool_or(o.result in ('replayed', 'pending'))
    into refused, is_there
    from unnest(outcomes) o where o.result <> 'recorded';
  if is_there then
    if pg_is_in_recovery() then
      -- A standby has the event, and can't wait for others to have it.
      raise read_only_sql_transaction using message = 'cannot execute record in a read-only transaction';
    end if;
    -- Who is told that an event is there relies on it. Its own commit may have been kept from waiting for the standby, and this one
    -- waits only if something was written.
    perform pg_logical_emit_message(true, 'guarantee', '');
  end if;
  if refused is not null then
    perform guarantee_api.keep_attempts(refused);
  end if;
  return outcomes;
end
$$;
comment on function guarantee_api.vouch_for(guarantee_api.outcome[]) is
  'Sees to it that what is about to be told holds: what was refused is kept among the attempts, and what was there already is as safe as what is recorded now';
