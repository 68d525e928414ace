create function guarantee_api.results_of(outcomes guarantee_api.outcome[])
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language sql stable as $$
  select o.position, o.key, o.result,
         case when o.detail is not null then guarantee_api.fill_message(o.result, o.fields || jsonb_build_object('key', o.key), o.detail) end,
         o.detail, o.office, o.sequence
    from unnest(outcomes) o
   order by o.position
$$;
comment on function guarantee_api.results_of(guarantee_api.outcome[]) is 'The results of events that were recorded or decided, with their sentences';
