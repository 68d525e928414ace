create function guarantee_api.lapsed(office text default null) returns table (event jsonb)
language sql stable as $$
  select distinct jsonb_build_object('on', t.today, 'event', x.event, 'dispute', d.dispute)
    from (select guarantee_api.today() as today) t
    cross join guarantee_api.active_deadline u
    cross join lateral (select guarantee_api.elapsed(u.starts_on, u.period, u.unit, t.today) as elapsed offset 0) k
    join guarantee.deadline l
      on l.deadline = u.deadline and l.starts = u.starts and l.procedure = u.procedure and l.starts_on = u.starts_on and l.active
    join guarantee.dispute d on d.dispute = l.dispute
    join guarantee.deadline_expiry x on x.deadline = l.deadline and x.starts = l.starts and x.procedure = l.procedure
     and x.from_stage in ('', d.stage) and x.unless_event <> all(d.unless_events)
    join guarantee.dispute_transition m on m.event = x.event and m.from_stage = d.stage and m.outcome is not null
    join guarantee.event_type e on e.event = x.event and e.requires = '{dispute}'
   where k.elapsed and (lapsed.office is null or d.office = lapsed.office)
   order by 1
$$;
comment on function guarantee_api.lapsed(text) is 'The events that passed deadlines ask for and that end their disputes, dated today, without a key';
