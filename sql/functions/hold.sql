create function guarantee_api.hold(ruling guarantee_api.ruling) returns guarantee_api.ruling
language plpgsql as $$
declare
  held guarantee_api.outcome[];
  positions integer[];
begin
  -- A key that waits is taken, by its content, as one that is recorded would be.
  select array_agg((e.position, e.key, e.fields, case when e.is_same then 'pending' else 'key_conflict' end,
                    case when not e.is_same then jsonb_build_object('there', case
                      when coalesce(p.office = any(v.offices), true) then (p.fields ->> 'event') || ' of ' || (p.fields ->> 'on') end) end, null, null)::guarantee_api.outcome)
    into held
    from (select o.position, o.key, o.fields from unnest(ruling.outcomes) o where o.result not in ('bad_value', 'replayed')
          union all
          select a.position, a.key, a.fields from unnest(ruling.accepted) a) x
    cross join lateral (select y.* from guarantee.pending y where y.key = x.key and y.decision is null offset 0) p
    cross join lateral (
      select x.position, x.key, x.fields, guarantee_api.canonical(x.fields ->> 'event', x.fields) = guarantee_api.canonical(p.fields ->> 'event', p.fields) as is_same
    ) e
    cross join (select guarantee_api.visible_offices() as offices offset 0) v;
  positions := array(select o.position from unnest(held) o);
  with proposed as (
    insert into guarantee.pending (key, proposed_at, proposed_by, office, dispute, currency, amount, fields)
    select a.key, clock_timestamp(), session_user, a.office, a.dispute, m.currency, m.amount, a.fields
      from unnest(ruling.accepted) a
      cross join lateral (
        select min(l.currency) as currency, coalesce(a.amount, sum(l.amount) filter (where l.amount > 0))::bigint as amount from unnest(a.lines) l
      ) s
      cross join lateral (select coalesce(a.currency, s.currency) as currency, s.amount as amount) m
     where 'approval' = any(a.steps) and a.position <> all(positions)
       and guarantee_api.approvals_needed(a.event, a.office, m.currency, m.amount) > 0
    returning key
  )
  select held || array_agg((a.position, a.key, a.fields, 'pending', null, null, null)::guarantee_api.outcome), positions || array_agg(a.position)
    into held, positions
    from proposed p join unnest(ruling.accepted) a on a.key = p.key;
  if held is not null then
    ruling.outcomes := array(select o from unnest(ruling.outcomes) o where o.position <> all(positions)) || held;
    ruling := guarantee_api.without(ruling, positions);
  end if;
  return ruling;
end
$$;
comment on function guarantee_api.hold(guarantee_api.ruling) is
  'Takes out of a ruling the accepted events that need a second person, and keeps them as pending: judged, and with no other effect';
