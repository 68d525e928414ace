create function guarantee_past.known_through() returns jsonb
language sql stable as $$
  -- An office's events are recorded in the order of their numbers, which have no gaps: halved until one is left.
  with recursive search as (
    select b.office, 0::bigint as known, b.sequence as possible, k.known_at
      from guarantee.book b cross join (select guarantee_past.known_at() as known_at offset 0) k
     where k.known_at < 'infinity'
    union all
    select s.office, case when e.recorded_at <= s.known_at then m.middle else s.known end,
           case when e.recorded_at <= s.known_at then s.possible else m.middle - 1 end, s.known_at
      from search s
      cross join lateral (select (s.known + s.possible + 1) / 2 as middle) m
      cross join lateral (select x.recorded_at from guarantee.event x where x.office = s.office and x.sequence = m.middle offset 0) e
     where s.known < s.possible
  )
  select jsonb_object_agg(s.office, s.known) from search s where s.known = s.possible
$$;
comment on function guarantee_past.known_through() is
  'The last number of each office that was recorded by known_at(); null when that is not set';
