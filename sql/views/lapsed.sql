create function guarantee_api.lapsed(office text default null) returns table (event jsonb)
language sql stable as $$
  -- The key follows from the rest, so that two programs that record it do it once.
  select jsonb_build_object('key', s.event || '-' || left(encode(sha256(convert_to(concat_ws(' ', s.event, s."on", s.dispute), 'UTF8')), 'hex'), 16),
                            'on', s."on", 'event', s.event, 'dispute', s.dispute)
    from (
      select distinct x.event, to_char(t.today, 'YYYY-MM-DD') as "on", d.dispute
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
    ) s
   order by s.event, s.dispute
$$;
comment on function guarantee_api.lapsed(text) is 'The events that passed deadlines ask for and that end their disputes, dated today';
