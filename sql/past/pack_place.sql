create view guarantee_past.pack_place as
  select e.office, e.sequence, e."on", e.recorded_at
    from guarantee_past.event e
   where e.sequence >= ((select guarantee_past.pack_first()) ->> e.office)::bigint
     and ((select guarantee_past.pack_dispute()) is null or (e.office, e.sequence) in (select p.office, p.sequence from guarantee_past.dispute_place p));
comment on view guarantee_past.pack_place is 'The events that an audit pack shows, as choose_pack() says';

create function guarantee_past.pack_period() returns table (first_on text, last_on text, known_at text)
language sql stable as $$
  select to_char(min(p."on"), 'YYYY-MM-DD'), to_char(max(p."on"), 'YYYY-MM-DD'),
         to_char(max(p.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from guarantee_past.pack_place p
$$;
comment on function guarantee_past.pack_period() is 'The dates of the first and last events that an audit pack shows, and when the latest was recorded';

create function guarantee_past.pack_chain() returns table (office text, sequence bigint, hash text)
language sql stable as $$
  select nullif(e.office, ''), e.sequence, encode(e.hash, 'hex')
    from guarantee.event e
   where e.sequence <= coalesce(((select guarantee_past.known_through()) ->> e.office)::bigint, 9223372036854775807)
     and not exists (select from guarantee_past.pack_place p where p.office = e.office and p.sequence = e.sequence)
   order by e.office, e.sequence
$$;
comment on function guarantee_past.pack_chain() is 'The events that an audit pack does not show: where each stands, and its hash';
