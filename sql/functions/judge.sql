create function guarantee_api.judge(proposals guarantee_api.proposal[], locked text[], today date) returns guarantee_api.ruling
language plpgsql stable as $$
declare
  ruling guarantee_api.ruling;
begin
  select array_agg((v.position, v.key, v.fields, v.code,
                    case when v.code <> 'replayed' then guarantee_api.explain_refusal(v.code, proposals[v.n], locked, today) end,
                    recorded.office, recorded.sequence)::guarantee_api.outcome) filter (where v.code is not null),
         array_agg(v.verdict) filter (where v.code is null),
         array_agg(v.verdict) filter (where v.code is null and 'register' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'dispute' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'lot' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'starts' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'meets' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'position' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'entries' = any(v.steps)),
         array_agg(v.verdict) filter (where v.code is null and 'exposure' = any(v.steps))
    into ruling.outcomes, ruling.accepted, ruling.to_registers, ruling.to_disputes, ruling.to_lots, ruling.to_start_deadlines,
         ruling.to_meet_deadlines, ruling.to_positions, ruling.to_accounts, ruling.to_exposure
    from (
      select f.position, f.key, f.fields, f.steps, f.n, f.verdict,
             case when f.same_as_recorded and not f.inexact then 'replayed'
                  when f.broken <> '{}' then (
                    select g.code from guarantee.guard g where g.code = any(f.broken) order by g.precedence limit 1) end as code
        from (
          select f.position, f.key, f.fields, f.steps, f.n, f.same_as_recorded, coalesce((f.money).inexact, false) as inexact,
                 guarantee_api.broken_guards(f, today) as broken,
                 (f.position, f.key, f."on", f.event, f.fields, f.steps,
                  f.office, coalesce(f.dispute, case when (f.stage_move).from_stage = '' then f.fields ->> 'dispute' end), f.lot,
                  coalesce(f.guarantor, (f.past).fields ->> 'guarantor'), (f.money).currency, (f.money).amount, (f.money).consignor_limit, f.consignor,
                  (f.stage_move).from_stage, (f.stage_move).to_stage, coalesce(nullif((f.stage_move).outcome, 'given'), f.fields ->> 'outcome'),
                  (f.lot_move).from_state, (f.lot_move).to_state, (f.past).key, (f.made).lines, (f.made).exposure,
                  (f.facility).room, (f.facility).consignor_room,
                  (f.money).counted * (('draws' = any(f.effects))::integer - ('undraws' = any(f.effects))::integer),
                  (f.money).counted * ('pays' = any(f.effects))::integer,
                  (f.money).counted * ('claims' = any(f.effects))::integer)::guarantee_api.verdict as verdict
            from guarantee_api.facts_of(proposals, locked) f
          offset 0
        ) f
      offset 0
    ) v
    left join lateral (
      select x.office, x.sequence from guarantee.event x where x.key = case v.code when 'replayed' then v.key end offset 0
    ) recorded on true;
  return ruling;
end
$$;
comment on function guarantee_api.judge(guarantee_api.proposal[], text[], date) is
  'Judges events none of which depends on another: of the guards that an event breaks, the one highest in guards.csv is its result';
