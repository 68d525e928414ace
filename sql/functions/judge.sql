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
             f.code,
             case when f.code <> 'replayed' then guarantee_api.explain_refusal(f.code, f.proposal, locked, today) end
           )::guarantee_api.verdict order by f.position)
      from (
        select f.*, case
                 when f.same_as_recorded and not 'bad_value' = any(f.broken) then 'replayed'
                 when f.broken <> '{}' then (
                   select g.code from guarantee.guard g where g.code = any(f.broken) order by g.precedence limit 1) end as code
          from (select f.*, guarantee_api.broken_guards(f, today) as broken from guarantee_api.facts_of(proposals, locked) f offset 0) f
        offset 0
      ) f
  );
end
$$;
comment on function guarantee_api.judge(guarantee_api.proposal[], text[], date) is
  'Judges events none of which depends on another: of the guards that an event breaks, the one highest in guards.csv is its result';
