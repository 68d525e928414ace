create function guarantee_api.report_refusals(events jsonb, results jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  outcomes guarantee_api.outcome[] := array(
    select (r.position, null, r.fields, r.result, null, null, null)::guarantee_api.outcome
      from rows from (jsonb_array_elements(events), jsonb_array_elements_text(results)) with ordinality r (fields, result, position));
begin
  if exists (select from unnest(outcomes) o where o.fields is null or not exists (select from guarantee.guard g where g.code = o.result)) then
    raise exception 'refused events are reported with a code that refuses for each'
      using errcode = 'GL007', table = 'attempt', constraint = 'attempt_refused',
            hint = 'Report what guarantee_api.record() refused in a transaction that was rolled back.';
  end if;
  if outcomes <> '{}' then
    perform guarantee_api.keep_attempts(outcomes, reported => true);
  end if;
end
$$;
comment on function guarantee_api.report_refusals(jsonb, jsonb) is
  'Keeps refused events of a transaction that was rolled back, as they were sent, with the codes of their refusals. Who reports and when is the ledger''s own word; that the events were refused, and why, is the program''s, and the attempts say so';
revoke execute on function guarantee_api.report_refusals(jsonb, jsonb) from public;
