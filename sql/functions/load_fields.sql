create function guarantee_api.load_fields() returns void
language plpgsql set search_path = guarantee, pg_temp as $$
begin
  insert into event_field
  select e.event, f.field, f.ordinal, f.required, coalesce(r.type, 'text'),
         guarantee_api.field_pattern(coalesce(r.type, 'text'), case
           when r.type in ('instrument', 'instruments') then array(select distinct instrument from rules_postings where instrument is not null order by 1)
           when r.type = 'currency' then array(select currency from currency order by 1)
           else string_to_array(r.values, ' ') end),
         case when f.field = 'key' then 64 when coalesce(r.type, 'text') = 'text' then 4000 else 200 end,
         r.refers_to, r.adds_to
    from rules_events e
    cross join lateral (
      select field, ordinal, ordinal <= 3 + cardinality(string_to_array(e.requires, ' ')) as required
        from unnest(array['key', 'on', 'event'] || string_to_array(e.requires, ' ') || coalesce(string_to_array(e.optional, ' '), '{}'))
          with ordinality u (field, ordinal)
    ) f
    left join lateral (
      select * from rules_fields r where r.field = f.field and coalesce(r.event, e.event) = e.event order by r.event nulls last limit 1
    ) r on true;

  update event_type t set
    allowed = array(select f.field from event_field f where f.event = t.event),
    adds_to = (select min(f.adds_to) from event_field f where f.event = t.event),
    names_office = exists (select from event_field f where f.event = t.event and 'office' in (f.refers_to, f.adds_to)),
    of_dispute = exists (select from event_field f where f.event = t.event and 'dispute' in (f.refers_to, f.adds_to)),
    of_lot = exists (select from event_field f where f.event = t.event and 'lot' in (f.refers_to, f.adds_to)),
    of_recordal = exists (select from event_field f where f.event = t.event and 'recordal' in (f.refers_to, f.adds_to)),
    amount_may_be_zero = exists (select from event_field f where f.event = t.event and f.field = 'amount' and f.type = 'award'),
    party_fields = array(select f.field from event_field f where f.event = t.event and f.refers_to in ('right_holder', 'consignor', 'guarantor') order by f.field),
    party_kinds = array(select f.refers_to from event_field f where f.event = t.event and f.refers_to in ('right_holder', 'consignor', 'guarantor') order by f.field),
    -- A path looks into arrays as if they were their elements, so that what is no text has to be told by its type.
    shape = (
      select '!($.*.type() != "string") && ' || string_agg(
               case when f.required then format('$.%I like_regex %s', f.field, quoted.pattern)
                    else format('(!exists($.%I) || $.%I like_regex %s)', f.field, f.field, quoted.pattern) end, ' && ' order by f.ordinal)
        from event_field f cross join lateral (select to_json(f.pattern)::text as pattern) quoted
       where f.event = t.event and f.field not in ('event', 'on'))::jsonpath;
end
$$;
comment on function guarantee_api.load_fields() is 'Joins events.csv with fields.csv, and makes of each event''s patterns one test of its whole shape';
