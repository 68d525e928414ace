create function guarantee_api.report_attempts(office text default null)
returns table (office text, number bigint, attempted_at timestamptz, attempted_by text, key text, event text, result text,
               dispute text, reported boolean, fields jsonb, hash text)
language sql stable as $$
  select a.office, a.number, a.attempted_at, a.attempted_by, a.fields ->> 'key', a.fields ->> 'event', a.result,
         a.fields ->> 'dispute', a.reported, a.fields, encode(a.hash, 'hex')
    from guarantee.attempt a
   where a.office = report_attempts.office or report_attempts.office is null
   order by a.office, a.number
$$;
comment on function guarantee_api.report_attempts(text) is 'Events that were refused: who tried what and when, and by which rule it was refused';
