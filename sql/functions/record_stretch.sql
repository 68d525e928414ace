create function guarantee_api.record_stretch(proposals guarantee_api.proposal[], locked text[], in_order boolean default false, holding boolean default false)
returns guarantee_api.outcome[]
language plpgsql as $$
declare
  today date := guarantee_api.today();
  outcomes guarantee_api.outcome[] := '{}';
  ruling guarantee_api.ruling;
  journal guarantee_api.verdict[];
  first integer := 1;
  sizes integer[];
  size integer;
begin
  proposals := guarantee_api.schedule(proposals, in_order);
  sizes := array[cardinality(proposals)];
  if (proposals[cardinality(proposals)]).round > 1 then
    sizes := array(select count(*) from unnest(proposals) e group by e.round order by e.round);
  end if;
  foreach size in array sizes loop
    ruling := guarantee_api.judge(proposals[first:first + size - 1], locked, today);
    if not in_order and cardinality(sizes) = 1 and size > 1 and guarantee_api.is_crowded(ruling) then
      return guarantee_api.record_stretch(proposals, locked, in_order => true, holding => holding);
    end if;
    if holding then
      ruling := guarantee_api.hold(ruling);
    end if;
    outcomes := outcomes || ruling.outcomes;
    if ruling.accepted is not null then
      if journal is not null then
        if exists (select from unnest(ruling.to_registers) v where 'closes_books' = any(v.steps)) then
          -- Books are closed over what is in the journal, so what comes before is appended first. Nothing else of the office is
          -- in the round: such an event waits for all before it, and all after it wait.
          outcomes := outcomes || guarantee_api.append(journal, locked);
          journal := null;
        end if;
      end if;
      journal := journal || guarantee_api.apply(ruling);
    end if;
    first := first + size;
  end loop;
  if journal is not null then
    outcomes := outcomes || guarantee_api.append(journal, locked);
  end if;
  return outcomes;
end
$$;
comment on function guarantee_api.record_stretch(guarantee_api.proposal[], text[], boolean, boolean) is
  'Judges and applies round by round, then appends to the journal what was accepted. One round is taken for granted until its ruling shows that the order may matter; then, with nothing applied yet, it is taken again in order. holding: what needs a second person is kept as pending';
