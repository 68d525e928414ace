create function guarantee_api.contention(proposals guarantee_api.proposal[]) returns guarantee_api.touch[]
language plpgsql stable as $$
begin
  return (
    with placed as materialized (
      select e.position, e.event, e.fields ->> 'instrument' as instrument, e.guarantor, e.amount * u.unit as amount,
             e.home as office, c.currency, e.consignor,
             bool_or('grants_facility' = any(e.steps)) over (partition by e.home, e.guarantor) as granted
        from (select p.position, p.event, p.fields, p.guarantor, p.amount, p.steps, coalesce(d.office, p.office, first_value(p.office) over opening) as home,
                     coalesce(d.currency, p.fields ->> 'currency', first_value(p.fields ->> 'currency') over opening) as currency,
                     coalesce(d.consignor, first_value(p.fields ->> 'consignor') over opening) as consignor
                from (select p.* from unnest(proposals) p
                       where p.steps && '{entries,grants_facility}' or p.dispute is not null and p.office is not null) p
                left join lateral (
                  select x.office, x.currency, x.consignor from guarantee.dispute x where x.dispute = p.dispute offset 0
                ) d on true
              window opening as (partition by p.dispute order by p.office is null, p.position)) e
        join guarantee.currency c on c.currency = e.currency
        cross join lateral (select (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1] as unit) u
       where e.steps && '{entries,grants_facility}' and e.amount is not null
    ), side as (
      select l.*, r.role, r.of_dispute, r.backed, r.of_guarantor, r.measures && '{held,frozen,undertaken,called}' as exposes,
             p.side = r.normal_side as adds
        from placed l
        join guarantee.posting p on p.event = l.event and p.instrument = coalesce(l.instrument, '')
        join guarantee.account_role r on r.role = p.role
    ), move as (
      select s.position, concat_ws(':', 'account', s.office, s.role, case when s.of_guarantor then s.guarantor end, s.currency) as resource,
             case when s.adds or s.backed then 0 else s.amount end as taken, coalesce(a.balance, 0)::numeric as room,
             case when s.adds then s.amount else 0 end as added, 9223372036854775807 - coalesce(a.balance, 0)::numeric as headroom
        from side s
        left join lateral (
          select x.balance from guarantee.account x
           where x.office = s.office and x.dispute = '' and x.role = s.role
             and x.guarantor = case when s.of_guarantor then s.guarantor else '' end and x.currency = s.currency
          offset 0
        ) a on true
       where not s.of_dispute
      union all
      select s.position, concat_ws(':', 'facility', s.office, s.guarantor, s.currency, who.consignor),
             case when s.adds then s.amount else 0 end,
             case when s.granted then 0 when who.consignor is null then f.amount else f.consignor_limit end::numeric - coalesce(x.amount, 0),
             0, 0
        from side s
        cross join lateral (values (null), (s.consignor)) who (consignor)
        left join lateral (
          select x.amount, x.consignor_limit from guarantee.facility x where x.office = s.office and x.guarantor = s.guarantor offset 0
        ) f on true
        left join lateral (
          select y.amount from guarantee.exposure y
           where y.office = s.office and y.guarantor = s.guarantor and y.currency = s.currency and y.consignor = coalesce(who.consignor, '')
          offset 0
        ) x on true
       where s.exposes
    ), running as (
      select m.position, m.resource,
             sum(m.taken) over so_far > min(m.room) over (partition by m.resource)
               or sum(m.added) over so_far > min(m.headroom) over (partition by m.resource) as short
        from move m
      window so_far as (partition by m.resource order by m.position)
    ), tight as (
      select position, resource, min(position) filter (where short) over (partition by resource) as since from running
    )
    select array_agg((position, hashtextextended(resource, 0), exclusive)::guarantee_api.touch)
      from (select position, resource, bool_or(position >= since) as exclusive from tight where since is not null group by position, resource) once
  );
end
$$;
comment on function guarantee_api.contention(guarantee_api.proposal[]) is
  'Accounts and limits that could run short or full if all of the batch were recorded, or whose facility it grants anew. From the event on at which one could, those that move it go in order, one at a time; everywhere else the order changes no result';
