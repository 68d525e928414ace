create function guarantee_api.lock_books(proposals guarantee_api.proposal[]) returns text[]
language plpgsql as $$
declare
  offices text[];
begin
  select array_agg(distinct named.office) into offices
    from (
      select e.office from unnest(proposals) e where e.office is not null
      union all
      select d.office
        from (select distinct e.dispute from unnest(proposals) e) e
        cross join lateral (select x.office from guarantee.dispute x where x.dispute = e.dispute offset 0) d
      union all
      select past.office
        from unnest(proposals) e
        cross join lateral (select x.office from guarantee.event x where x.key = e.fields ->> 'reverses' offset 0) past
       where e.subject = 'event'
      union all
      -- Whatever belongs to no office, and the making of offices, is the register's.
      select '' from unnest(proposals) e where 'register' = any(e.steps) or e.office is null and e.dispute is null
    ) named;
  perform from guarantee.book b where b.office = any(offices) order by b.office for update;
  return offices;
end
$$;
comment on function guarantee_api.lock_books(guarantee_api.proposal[]) is
  'Locks the books of every office that a batch touches, in the order of their codes, so that two batches never wait for each other in a circle';
