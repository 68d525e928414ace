create function guarantee_api.judge(proposals guarantee_api.proposal[], locked text[], today date) returns guarantee_api.verdict[]
language plpgsql stable as $$
begin
  return (
    select array_agg((
             f.position, f.key, f."on", f.event, f.fields, f.steps,
             f.office, f.dispute, f.lot, coalesce(f.guarantor, (f.past).fields ->> 'guarantor'),
             f.currency, f.amount, f.consignor_limit, f.consignor,
             f.stage_from, f.stage_to, coalesce(nullif(f.outcome_to, 'given'), f.fields ->> 'outcome'),
             f.lot_from, f.lot_to, (f.past).key, (f.made).lines, (f.made).exposure,
             f.counted * (('draws' = any(f.effects))::integer - ('undraws' = any(f.effects))::integer),
             f.counted * ('pays' = any(f.effects))::integer,
             f.counted * ('claims' = any(f.effects))::integer,
             refused.code,
             case when refused.code <> 'replayed' then guarantee_api.explain_refusal(refused.code, f.proposal, locked, today) end
           )::guarantee_api.verdict order by f.position)
      from guarantee_api.facts_of(proposals, locked) f
      cross join lateral (select guarantee_api.broken_guards(f, today) as codes offset 0) broken
      cross join lateral (
        select case when f.same_as_recorded and not 'bad_value' = any(broken.codes) then 'replayed'
                    when broken.codes <> '{}'
                    then (select g.code from guarantee.guard g where g.code = any(broken.codes) order by g.precedence limit 1) end as code
        offset 0
      ) refused
  );
end
$$;
comment on function guarantee_api.judge(guarantee_api.proposal[], text[], date) is
  'Judges events none of which depends on another: of the guards that an event breaks, the one highest in guards.csv is its result';
