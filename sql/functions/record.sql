create function guarantee_api.record(events jsonb)
returns table ("position" integer, key text, result text, message text, detail jsonb)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
declare
  singly boolean := false;
begin
  for attempt in 1 .. 4 loop
    begin
      return query
        select o.position, o.key, o.result,
               case when o.detail is not null then guarantee_api.fill_message(o.result, o.fields, o.detail) end, o.detail
          from unnest(guarantee_api.record_batch(events, singly)) o
         order by o.position;
      return;
    exception
      when unique_violation then
        -- Another office recorded the same key or dispute meanwhile: judged again, that is seen.
        if attempt >= 3 then
          raise;
        end if;
      when numeric_value_out_of_range then
        -- Together the events are more than an account holds: one by one, those that are get their refusal.
        if singly then
          raise;
        end if;
        singly := true;
    end;
  end loop;
end
$$;
comment on function guarantee_api.record(jsonb) is
  'The one way in. Takes an array of events, objects of text fields, and gives each its result: recorded, replayed, or the code of a refusal with a sentence and the values behind it. Plans are made once for lookups by key, since a batch is small and the ledger grows';
revoke execute on function guarantee_api.record(jsonb) from public;
