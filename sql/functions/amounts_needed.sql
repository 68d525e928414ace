create function guarantee_api.amounts_needed(event text, given jsonb)
returns table (rank integer, what text, due numeric, there numeric, minor_digits smallint)
language sql stable as $$
  select x.rank, x.what, x.due, x.there, c.minor_digits
    from guarantee.dispute d
    join guarantee.currency c on c.currency = d.currency
   cross join (select guarantee_api.today() as today) t
   cross join lateral guarantee_api.goods_of(d.dispute) g
   cross join lateral guarantee_api.accounts_of(d.office, d.dispute, given ->> 'guarantor', t.today) a
   cross join lateral guarantee_api.positions_of(d.dispute) p
   cross join lateral (
      select array(select distinct u.measure
                     from guarantee.posting s cross join unnest(s.measures) u (measure)
                    where s.event = amounts_needed.event and s.effect > 0) as adds,
             array(select e.effect from guarantee.event_type y cross join unnest(y.effects) e (effect) where y.event = amounts_needed.event) as effects
   ) m
   cross join lateral (
      select 1 as rank, 'security' as what,
             guarantee_api.security_due(d.procedure, g.value, (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1]::bigint) as due, a.security as there
       where 'security' = any(m.adds)
      union all
      select 2, 'cover', g.value, a.cover
       where m.adds && '{held,undertaken}' and not m.adds && '{frozen,called}'
      union all
      select 3, 'award', d.award, p.drawn
       where 'draws' = any(m.effects)
      union all
      select 4, 'most', n.most, null
        from (select guarantee_api.most_of(amounts_needed.event, amounts_needed.given ->> 'instrument', d.office, d.dispute,
                                           amounts_needed.given ->> 'guarantor', d.currency, t.today) as most) n
       where n.most <> 0
         and exists (select from guarantee.dispute_transition y where y.event = amounts_needed.event and y.from_stage = d.stage)
   ) x
   where d.dispute = amounts_needed.given ->> 'dispute'
$$;
comment on function guarantee_api.amounts_needed(text, jsonb) is
  'What an event''s amount is measured by, in minor units: what is due of security, cover or the award and what there is of it, and the most that there may be';
