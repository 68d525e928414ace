create function guarantee_api.report_refusals(events jsonb, results jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  posts text[] := guarantee_api.posts_of('clerk');
  outcomes guarantee_api.outcome[] := array(
    select (r.position, null, r.fields, r.result, null, null, null)::guarantee_api.outcome
      from rows from (jsonb_array_elements(events), jsonb_array_elements_text(results)) with ordinality r (fields, result, position));
begin
  if exists (select from unnest(outcomes) o where o.fields is null or not exists (select from guarantee.guard g where g.code = o.result)) then
    raise exception 'refused events are reported with a code that refuses for each'
      using errcode = 'GL007', table = 'attempt', constraint = 'attempt_refused',
            hint = 'Report what guarantee_api.record() refused in a transaction that was rolled back.';
  end if;
  -- At an office where the reporter may not record, nothing is refused for more than that.
  if not '' = any(posts) and exists (
    select from unnest(outcomes) o
      join guarantee.guard g on g.code = o.result
      left join lateral (select x.office from guarantee.dispute x where x.dispute = o.fields ->> 'dispute' offset 0) d on true
      join guarantee.book b on b.office = coalesce(d.office, o.fields ->> 'office')
     where b.office <> all(posts) and g.precedence > (select x.precedence from guarantee.guard x where x.code = 'not_permitted'))
  then
    raise insufficient_privilege using message = 'permission denied to report refusals at an office where ' || session_user || ' records nothing';
  end if;
  if outcomes <> '{}' then
    perform guarantee_api.keep_attempts(outcomes, reported => true);
  end if;
end
$$;
comment on function guarantee_api.report_refusals(jsonb, jsonb) is
  'Keeps refused events of a transaction that was rolled back, as they were sent, with the codes of their refusals. Who reports and when is the ledger''s own word; that the events were refused, and why, is the program''s, and the attempts say so';
revoke execute on function guarantee_api.report_refusals(jsonb, jsonb) from public;
