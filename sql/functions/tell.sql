create function guarantee_api.tell(outcomes guarantee_api.outcome[])
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language plpgsql as $$
declare
  refused guarantee_api.outcome[] := array(select o from unnest(outcomes) o where o.result not in ('recorded', 'replayed', 'pending'));
begin
  -- What is answered from what is there relies on its commit: this one waits for the standby then too.
  perform pg_logical_emit_message(true, 'guarantee', '');
  if refused <> '{}' then
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
  'The results of what was decided, with their sentences; what was refused is kept among the attempts';
