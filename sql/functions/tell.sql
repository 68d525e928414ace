create function guarantee_api.tell(outcomes guarantee_api.outcome[])
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language plpgsql as $$
declare
  refused guarantee_api.outcome[];
  is_there boolean;
begin
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
  return query
    select o.position, o.key, o.result,
           case when o.detail is not null then guarantee_api.fill_message(o.result, o.fields || jsonb_build_object('key', o.key), o.detail) end,
           o.detail, o.office, o.sequence
      from unnest(outcomes) o
     order by o.position;
end
$$;
comment on function guarantee_api.tell(guarantee_api.outcome[]) is
  'The results of events that were recorded or decided, with their sentences; what was refused is kept among the attempts';
