create function guarantee_api.lapsed(office text default null) returns table (event jsonb)
language sql stable as $$
  select distinct jsonb_build_object('on', t.today, 'event', x.event, 'dispute', d.dispute)
    from guarantee.dispute d
    cross join (select guarantee_api.today() as today) t
    join guarantee.deadline l on l.dispute = d.dispute and l.met_on is null
    join guarantee.deadline_rule u on u.deadline = l.deadline and u.starts = l.starts and u.procedure = l.procedure
    join guarantee.deadline_expiry x on x.deadline = l.deadline and x.starts = l.starts and x.procedure = l.procedure
     and x.from_stage in ('', d.stage) and x.unless_event <> all(d.unless_events)
    join guarantee.dispute_transition m on m.event = x.event and m.from_stage = d.stage and m.outcome is not null
    join guarantee.event_type e on e.event = x.event and e.requires = '{dispute}'
    cross join lateral guarantee_api.elapsed(l.starts_on, u.period, u.unit, t.today) k
   where k.elapsed and (lapsed.office is null or d.office = lapsed.office)
   order by 1
$$;
comment on function guarantee_api.lapsed(text) is 'The events that passed deadlines ask for and that end their disputes, dated today, without a key';
