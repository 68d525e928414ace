create function guarantee_api.find_replays(proposals guarantee_api.proposal[]) returns guarantee_api.outcome[]
language plpgsql stable as $$
begin
  return array(
    select (e.position, e.key, e.fields, case when same.content then 'replayed' else 'key_conflict' end,
            case when not same.content then jsonb_build_object('there', x.event || ' of ' || x."on") end)::guarantee_api.outcome
      from unnest(proposals) e
      join guarantee.event x on x.key = e.key
      cross join lateral (
        select x.event = e.event and x."on" = e."on"
           and guarantee_api.canonical(x.event, x.fields) = guarantee_api.canonical(e.event, e.fields - '{key,on,event}'::text[]) as content
      ) same
  );
end
$$;
comment on function guarantee_api.find_replays(guarantee_api.proposal[]) is
  'Events whose key was recorded before: replayed with the same content, else in conflict';
