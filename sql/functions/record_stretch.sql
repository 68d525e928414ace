create function guarantee_api.record_stretch(proposals guarantee_api.proposal[], locked text[]) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  today date := guarantee_api.today();
  outcomes guarantee_api.outcome[] := '{}';
  verdicts guarantee_api.verdict[];
  accepted guarantee_api.verdict[];
  journal guarantee_api.verdict[];
  first integer := 1;
  size integer;
begin
  proposals := guarantee_api.schedule(proposals);
  foreach size in array array(select count(*) from unnest(proposals) e group by e.round order by e.round) loop
    verdicts := guarantee_api.judge(proposals[first:first + size - 1], locked, today);
    accepted := array(select v from unnest(verdicts) v where v.result is null);
    if accepted <> '{}' then
      perform guarantee_api.apply(accepted, array(select distinct s from unnest(accepted) v cross join unnest(v.steps) s));
      journal := journal || accepted;
    end if;
    outcomes := outcomes || array(
      select (v.position, v.key, v.fields, coalesce(v.result, 'recorded'), v.detail)::guarantee_api.outcome from unnest(verdicts) v);
    first := first + size;
  end loop;
  if journal is not null then
    perform guarantee_api.append(journal);
  end if;
  return outcomes;
end
$$;
comment on function guarantee_api.record_stretch(guarantee_api.proposal[], text[]) is
  'Judges and applies round by round, then appends to the journal what was accepted';
