create function guarantee_api.events_in_period(events text, from_date date default null, to_date date default null, office text default null)
returns table (event text, key text, "on" date, office text, dispute text)
language sql stable as $$
  select e.event, e.key, e."on", e.office, coalesce(e.dispute, '')
    from guarantee.event e
   where e.event = any(string_to_array(events_in_period.events, ' '))
     and (events_in_period.office is null or e.office = events_in_period.office)
     and (events_in_period.from_date is null or e."on" >= events_in_period.from_date)
     and (events_in_period.to_date is null or e."on" <= events_in_period.to_date)
     and not exists (select from guarantee.event r where r.reverses = e.key)
   order by e."on", e.office, e.sequence
$$;
comment on function guarantee_api.events_in_period(text, date, date, text) is
  'Events of some names, separated by spaces, that are dated within a period and stand: those that papers are written about';
