create function guarantee_api.installation()
returns table (time_zone text, today date, calendar_until date, next_year_known boolean, login text, owns boolean, members bigint, posts text)
language sql stable as $$
  select s.time_zone, t.today, (select max(c.day) from guarantee.calendar_day c),
         exists (select from guarantee.calendar_day c where c.day = date_trunc('year', t.today + interval '1 year')::date),
         session_user::text, guarantee_api.is_administrator(),
         (select count(distinct m.login) from guarantee.membership m where m.taken_at is null),
         (select string_agg(m.role || coalesce(' ' || nullif(m.office, ''), ''), ', ' order by m.role, m.office)
            from guarantee.membership m where m.login = session_user and m.taken_at is null)
    from guarantee.setting s
   cross join (select guarantee_api.today() as today) t
$$;
comment on function guarantee_api.installation() is
  'What the ledger knows of its own installation: its zone, its day there, the last day of the calendar that is known, and what the session''s login is and may';
