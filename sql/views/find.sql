create function guarantee_api.find(text text, office text default null)
returns table ("on" date, event text, key text, office text, dispute text, field text, found text, sequence bigint, adds text)
language sql stable parallel safe as $$
  select e."on", e.event, e.key, e.office, coalesce(e.dispute, ''), f.field, f.value, e.sequence, coalesce(t.adds_to, '')
    from (select lower(find.text) as wanted,
                 lower(substr(to_json(find.text)::text, 2, length(to_json(find.text)::text) - 2)) as wanted_in_json) w
    join guarantee.event e
      -- A quick look at the whole event; which field it is, is looked at only then.
      on strpos(lower(e.key), w.wanted) > 0 or strpos(lower(e.fields::text), w.wanted_in_json) > 0
    join guarantee.event_type t on t.event = e.event
   cross join lateral (
      select x.field, x.value
        from (select 'key' as field, e.key as value
              union all
              select j.key, j.value from jsonb_each_text(e.fields) j
               -- A code that only says what the event is about would bring all there is of it, which is for the reports.
               where not exists (select from guarantee.event_field k where k.event = e.event and k.field = j.key and k.refers_to is not null)) x
       where strpos(lower(x.value), w.wanted) > 0
       order by x.field <> t.adds_to, x.field
       limit 1
    ) f
   where find.office is null or e.office = find.office
   order by t.adds_to nulls last, e."on" desc, e.office, e.sequence desc
$$;
comment on function guarantee_api.find(text, text) is
  'Events in whose key or fields a text stands, upper and lower case alike: first those that brought in what is called so, then the latest. All events are looked through, by as many processes as the server gives';
