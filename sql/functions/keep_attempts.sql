create function guarantee_api.keep_attempts(refused guarantee_api.outcome[], reported boolean default false) returns void
language plpgsql as $$
declare
  posts text[];
begin
  refused := array(
    select (row_number() over (order by o.position), o.key, o.fields, o.result, null, coalesce(b.office, ''), null)::guarantee_api.outcome
      from unnest(refused) o
      left join lateral (select x.office from guarantee.dispute x where x.dispute = o.fields ->> 'dispute' offset 0) d on true
      left join lateral (
        select x.office from guarantee.book x where x.office = coalesce(o.detail ->> 'office', d.office, o.fields ->> 'office') offset 0
      ) b on true);
  if reported then
    posts := guarantee_api.posts_of('clerk');
    -- At an office where the reporter may not record, nothing is refused for more than that.
    if not '' = any(posts) and exists (
      select from unnest(refused) o join guarantee.guard g on g.code = o.result
       where o.office <> '' and o.office <> all(posts) and g.precedence > (select x.precedence from guarantee.guard x where x.code = 'not_permitted'))
    then
      raise insufficient_privilege using message = 'permission denied to report refusals at an office where ' || session_user || ' records nothing';
    end if;
  end if;
  -- Books are locked before and never after, so nobody waits in a circle.
  perform pg_advisory_xact_lock('guarantee.attempt_book'::regclass::oid::integer, b.lock)
    from (select distinct hashtext(o.office) as lock from unnest(refused) o order by lock offset 0) b;
  with chained as materialized (
    select e.*, guarantee_api.chain(e.head, guarantee_api.attempt_bytes(
             e.office, e.number, e.attempted_at, session_user, e.result, keep_attempts.reported, e.fields)) over chain as hash,
           lead(e.number) over chain is null as is_last
      from (
        select o.office, o.result, o.fields, coalesce(b.hash, decode(repeat('00', 32), 'hex')) as head,
               coalesce(b.number, 0) + row_number() over (partition by o.office order by o.position) as number,
               greatest(clock.now, b.attempted_at) as attempted_at
          from unnest(refused) o
          left join lateral (select x.* from guarantee.attempt_book x where x.office = o.office offset 0) b on true
         cross join (select clock_timestamp() as now offset 0) clock
      ) e
    window chain as (partition by e.office order by e.number rows unbounded preceding)
  ), kept as (
    insert into guarantee.attempt (office, number, attempted_at, attempted_by, result, reported, fields, hash)
    select office, number, attempted_at, session_user, result, keep_attempts.reported, fields, hash from chained
  )
  insert into guarantee.attempt_book (office, number, attempted_at, hash)
  select office, number, attempted_at, hash from chained where is_last
  on conflict (office) do update set number = excluded.number, attempted_at = excluded.attempted_at, hash = excluded.hash;
end
$$;
comment on function guarantee_api.keep_attempts(guarantee_api.outcome[], boolean) is
  'Keeps refused events in the journal of attempts, each with the office that it was meant for as far as it is known';
