create function guarantee_api.record(events jsonb)
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
declare
  outcomes guarantee_api.outcome[];
begin
  if pg_current_xact_id_if_assigned() is not null then
    -- One call of many in a transaction: a subtransaction for each would make every row they share slower to read.
    outcomes := guarantee_api.record_batch(events);
  else
    for attempt in 1 .. 3 loop
      begin
        outcomes := guarantee_api.record_batch(events);
        exit;
      exception
        when unique_violation then
          -- Another office recorded the same key or dispute meanwhile: judged again, that is seen.
          if attempt = 3 then
            raise;
          end if;
      end;
    end loop;
  end if;
  outcomes := guarantee_api.vouch_for(outcomes);
  return query select * from guarantee_api.results_of(outcomes);
end
$$;
comment on function guarantee_api.record(jsonb) is
  'The one way in. Takes an array of events, objects of text fields, and gives each its result: recorded or replayed with its place in the journal, or the code of a refusal with a sentence and the values behind it. Plans are made once for lookups by key, since a batch is small and the ledger grows';
revoke execute on function guarantee_api.record(jsonb) from public;
