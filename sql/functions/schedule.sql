create function guarantee_api.schedule(proposals guarantee_api.proposal[], in_order boolean) returns guarantee_api.proposal[]
language plpgsql stable as $$
declare
  touches guarantee_api.touch[];
  rounds integer[];
  this_round integer := 0;
  waiting integer;
  of_shared boolean;
  of_registers boolean;
  is_long boolean;
begin
  if cardinality(proposals) = 1 then
    return proposals;
  end if;
  select bool_or('shared' = any(e.steps)) or sum(e.amount) > 1e13, bool_or('register' = any(e.steps)),
         in_order or count(e.dispute) > count(distinct e.dispute) or sum(e.amount) > 1e13
    into of_shared, of_registers, is_long
    from unnest(proposals) e;
  if not of_registers and not is_long then
    -- What such events share is looked at when they are judged, which costs less.
    return proposals;
  end if;
  if of_shared then
    touches := guarantee_api.contention(proposals);
  end if;
  if touches is not null or of_registers then
    touches := touches || guarantee_api.touches_of(proposals);
    rounds := array_fill(1, array[(proposals[cardinality(proposals)]).position]);
    while touches <> '{}' loop
      this_round := this_round + 1;
      -- An event waits for every earlier one that shares something with it, unless both only read it.
      select coalesce(array_agg((w.position, w.resource, w.exclusive)::guarantee_api.touch) filter (where w.waits), '{}')
        into touches
        from (select t.*, bool_or(t.exclusive and t.earlier > 0 or t.earlier_exclusive > 0) over (partition by t.position) as waits
                from (select t.*, count(*) over before as earlier, count(*) filter (where t.exclusive) over before as earlier_exclusive
                        from unnest(touches) t
                      window before as (partition by t.resource order by t.position rows between unbounded preceding and 1 preceding)) t) w;
      for waiting in select distinct position from unnest(touches) loop
        rounds[waiting] := this_round + 1;
      end loop;
    end loop;
  end if;
  return (
    select array_agg((position, key, "on", event, fields, office, dispute, lot, guarantor, amount, steps, subject,
                      n, result, detail)::guarantee_api.proposal order by n, position)
      from (select e.*, coalesce(rounds[e.position], case when e.dispute is null then 1 else
                     row_number() over (partition by e.dispute order by e.position) end)::integer as n
              from unnest(proposals) e) numbered
  );
end
$$;
comment on function guarantee_api.schedule(guarantee_api.proposal[], boolean) is
  'Sorts a batch into rounds: within one no event depends on another, so that a round is judged and applied as a set and gives the results that its events would have had one by one';
