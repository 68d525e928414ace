create function guarantee_api.what_is_needed(event text, given jsonb) returns table (line text)
language sql stable as $$
  select x.line
    from guarantee.dispute d
    join guarantee.currency c on c.currency = d.currency
   cross join (select guarantee_api.today() as today) t
   cross join lateral guarantee_api.goods_of(d.dispute) g
   cross join lateral guarantee_api.accounts_of(d.office, d.dispute, given ->> 'guarantor', t.today) a
   cross join lateral guarantee_api.positions_of(d.dispute) p
   cross join lateral (
      select array(select distinct u.measure
                     from guarantee.posting s cross join unnest(s.measures) u (measure)
                    where s.event = what_is_needed.event and s.effect > 0) as adds,
             array(select e.effect from guarantee.event_type y cross join unnest(y.effects) e (effect) where y.event = what_is_needed.event) as effects
   ) m
   cross join lateral (
      select 1 as rank, 'security due ' || guarantee_api.money(guarantee_api.security_due(d.procedure, g.value, (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1]::bigint), c.minor_digits)
             || ', held ' || guarantee_api.money(a.security, c.minor_digits) as line
       where 'security' = any(m.adds)
      union all
      select 2, 'goods held or out ' || guarantee_api.money(g.value, c.minor_digits) || ', cover ' || guarantee_api.money(a.cover, c.minor_digits)
       where m.adds && '{held,undertaken}' and not m.adds && '{frozen,called}'
      union all
      select 3, 'award ' || guarantee_api.money(d.award, c.minor_digits) || ', drawn ' || guarantee_api.money(p.drawn, c.minor_digits)
       where 'draws' = any(m.effects)
      union all
      select 4, 'at most ' || guarantee_api.money(n.most, c.minor_digits)
        from (select guarantee_api.most_of(what_is_needed.event, what_is_needed.given ->> 'instrument', d.office, d.dispute,
                                           what_is_needed.given ->> 'guarantor', d.currency, t.today) as most) n
       where n.most <> 0
         and exists (select from guarantee.dispute_transition y where y.event = what_is_needed.event and y.from_stage = d.stage)
   ) x
   where d.dispute = what_is_needed.given ->> 'dispute'
   order by x.rank
$$;
comment on function guarantee_api.what_is_needed(text, jsonb) is
  'What an event''s amount is measured by, for whoever is about to write it: what is due and what there is';
