create function guarantee_api.record_batch(events jsonb) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  proposals guarantee_api.proposal[] := guarantee_api.read_events(events);
  locked text[];
  outcomes guarantee_api.outcome[];
  stretch guarantee_api.proposal[];
  stretches integer;
  posts text[] := guarantee_api.posts_of('clerk');
begin
  if posts is not null then
    proposals := guarantee_api.permit(proposals, posts);
  end if;
  outcomes := array(select (e.position, e.key, e.fields, e.result, e.detail, null, null)::guarantee_api.outcome
                      from unnest(proposals) e where e.result is not null);
  if outcomes <> '{}' then
    proposals := array(select e from unnest(proposals) e where e.result is null);
  end if;
  locked := guarantee_api.lock_books(proposals, posts);
  -- What an event alone can't need isn't looked for: every query takes its time, and most calls have one event.
  if cardinality(proposals) > 1 then
    if exists (select from unnest(proposals) e having count(*) > count(distinct e.key) or bool_or(e.subject = 'event')
                  or count(e.dispute) filter (where e.office is not null) > count(distinct e.dispute) filter (where e.office is not null)) then
      proposals := guarantee_api.split(proposals);
    end if;
  end if;
  stretches := coalesce((proposals[cardinality(proposals)]).round, 0);
  for n in 1 .. stretches loop
    stretch := proposals;
    if stretches > 1 then
      stretch := array(select e from unnest(proposals) e where e.round = n);
    end if;
    outcomes := outcomes || guarantee_api.record_stretch(stretch, locked, holding => posts is not null);
  end loop;
  return outcomes;
end
$$;
comment on function guarantee_api.record_batch(jsonb) is
  'A batch from its text to its results: shape, who may record it, locks, and then stretch by stretch';
