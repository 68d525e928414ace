create function guarantee_api.todo(office text default null, within text default '30')
returns table (urgency text, due_on date, working_days_left integer, office text, dispute text, what text, guarantor text,
               currency text, amount numeric, since date, events text, key text)
language sql stable as $$
  select x.urgency, x.due_on, x.working_days_left, x.office, x.dispute, x.what, x.guarantor, x.currency, x.amount, x.since, x.events, x.key
    from (
      -- What the clock says: what would meet a deadline that runs, what one that has passed allows.
      select case when u.state = 'passed' then 'overdue' when u.working_days_left <= 3 then 'urgent' else 'soon' end as urgency,
             u.due_on, u.working_days_left, u.office, u.dispute, u.what, u.guarantor, null as currency, null::numeric as amount, null::date as since,
             n.events, null as key
        from guarantee_api.due(todo.within, todo.office) u
       cross join lateral (select guarantee_api.steps_for(u.dispute, u.what, u.state) as events offset 0) n
       where u.state in ('passed', 'running') and n.events is not null
      union all
      -- Money that lies or is missing, by the oldest of what makes it up.
      select 'waiting', null, null, i.office, i.dispute, i.role, i.guarantor, i.currency, guarantee_api.money(sum(i.amount), i.minor_digits),
             guarantee_api.today() - max(i.age),
             (select string_agg(p.event, ' ' order by p.event)
                from (select distinct s.event from guarantee.posting s where s.role = i.role and s.net_effect < 0) p), null
        from unnest('{to_place,to_pay,to_collect}'::text[]) m (measure)
       cross join lateral guarantee_api.open_items(m.measure, todo.office, null) i
       group by i.office, i.dispute, i.role, i.guarantor, i.currency, i.minor_digits
      union all
      -- What somebody proposed and a second person has to look at.
      select 'waiting', null, null, p.office, coalesce(p.dispute, ''), 'approval', coalesce(p.fields ->> 'guarantor', ''), p.currency,
             guarantee_api.money(p.amount, c.minor_digits), (p.proposed_at at time zone s.time_zone)::date, p.fields ->> 'event', p.key
        from guarantee.pending p
       cross join guarantee.setting s
        left join guarantee.currency c on c.currency = p.currency
       where p.decision is null and (todo.office is null or p.office = todo.office)
      union all
      select case when e.available < 0 then 'urgent' else 'waiting' end, null, null, e.office, '', 'facility_used', e.guarantor, e.currency,
             e.available, null, (select string_agg(t.event, ' ' order by t.event) from guarantee.event_type t where 'grants_facility' = any(t.effects)), null
        from guarantee_api.report_exposure(todo.office) e
       where e.exposure > 0.9 * e.facility
      union all
      select case when y.starts_on <= t.today then 'overdue' else 'soon' end, y.starts_on, null, '', '', 'calendar_year', '', null, null, null,
             (select string_agg(e.event, ' ' order by e.event) from guarantee.event_type e where 'sets_working_day' = any(e.effects)), null
        from (select guarantee_api.today() as today) t
       cross join lateral (
         select date_trunc('year', d)::date as starts_on
           from generate_series(t.today::timestamp, t.today + todo.within::integer, interval '1 day') d group by 1
       ) y
       where not exists (select from guarantee.calendar_day c where c.day = y.starts_on)
    ) x
   order by array_position('{overdue,urgent,soon,waiting}', x.urgency), x.due_on, x.since, x.office, x.dispute, x.what, x.guarantor, x.currency, x.key
$$;
comment on function guarantee_api.todo(text, text) is
  'The work list: what is overdue, what runs out within 3 working days or within so many days, and what waits for somebody, with the events that deal with it';
