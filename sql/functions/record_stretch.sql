create function guarantee_api.record_stretch(proposals guarantee_api.proposal[], locked text[]) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  today date := guarantee_api.today();
  outcomes guarantee_api.outcome[] := '{}';
  verdicts guarantee_api.verdict[];
  accepted guarantee_api.verdict[];
  journal guarantee_api.verdict[];
  first integer := 1;
  last integer;
begin
  proposals := guarantee_api.schedule(proposals);
  while first <= cardinality(proposals) loop
    last := first;
    while (proposals[last + 1]).round = (proposals[first]).round loop
      last := last + 1;
    end loop;
    verdicts := guarantee_api.judge(proposals[first:last], locked, today);
    accepted := array(select v from unnest(verdicts) v where v.result is null);
    if accepted <> '{}' then
      perform guarantee_api.apply(accepted, array(select distinct s from unnest(accepted) v cross join unnest(v.steps) s));
      journal := journal || accepted;
    end if;
    outcomes := outcomes || array(
      select (v.position, v.key, v.fields, coalesce(v.result, 'recorded'), v.detail)::guarantee_api.outcome from unnest(verdicts) v);
    first := last + 1;
  end loop;
  if journal is not null then
    perform guarantee_api.append(journal);
  end if;
  return outcomes;
end
$$;
comment on function guarantee_api.record_stretch(guarantee_api.proposal[], text[]) is
  'Judges and applies round by round, then appends to the journal what was accepted';
