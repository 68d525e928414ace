create function guarantee_api.lock_books(proposals guarantee_api.proposal[], posts text[] default null) returns text[]
language plpgsql as $$
declare
  offices text[];
begin
  -- Whatever belongs to no office, and the making of offices, is the register's.
  select array_agg(distinct o.office) filter (where o.office is not null)
    into offices
    from unnest(proposals) e
    cross join lateral (values (e.office), (coalesce(
      (select x.office from guarantee.dispute x where x.dispute = e.dispute),
      (select x.office from guarantee.event x where x.key = case e.subject when 'event' then e.fields ->> 'reverses' end),
      case when 'register' = any(e.steps) or e.office is null and e.dispute is null then '' end))) o (office);
  if posts is not null then
    -- Nobody keeps the books of an office locked at which he may not record.
    offices := array(select o.office from unnest(offices) o (office) where o.office = '' or '' = any(posts) or o.office = any(posts));
  end if;
  -- Cheaper than locks of the rows: who had to wait for those would have to find out what became of each meanwhile.
  perform pg_advisory_xact_lock('guarantee.book'::regclass::oid::integer, b.lock)
    from (select distinct hashtext(o.office) as lock from unnest(offices) o (office) order by lock offset 0) b;
  return offices;
end
$$;
comment on function guarantee_api.lock_books(guarantee_api.proposal[], text[]) is
  'Locks the books of every office that a batch touches, in one order, so that two batches never wait for each other in a circle';
