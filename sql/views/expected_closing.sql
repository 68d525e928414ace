create view guarantee_api.expected_closing as
  with closed as materialized (
    -- Books that were closed before closings were kept have none.
    select e.office, e.sequence, e."on" as through, (lag(c) over (partition by e.office order by e.sequence)) as before
      from guarantee_api.journal e
      left join guarantee.closing c on c.office = e.office and c.sequence = e.sequence
     where 'closes_books' = any(e.effects)
       and e.sequence >= (select min(x.sequence) from guarantee.closing x where x.office = e.office)
  ), step as materialized (
    select s.office, p.through, s.machine, s.state, sum(s.change)::bigint as change
      from guarantee_api.closing_step s
      cross join lateral (
        select c.through from closed c where c.office = s.office and c.through >= s."on" order by c.through limit 1
      ) p
     where s.office in (select c.office from closed c)
     group by s.office, p.through, s.machine, s.state
  )
  select k.*, sha256(guarantee_api.closing_bytes(k.office, k.through, k.sequence, k.previous, k.account_count, k.balances, k.disputes, k.lots)) as hash
    from (
      select c.office, c.sequence, c.through, coalesce((c.before).hash, decode(repeat('00', 32), 'hex')) as previous,
             (select count(*) from guarantee.closing_balance b where b.office = c.office and b.through = c.through) as account_count,
             guarantee_api.closing_root(c.office, c.through) as balances,
             guarantee_api.stepped(coalesce((c.before).disputes, '{}'),
               array(select s.state from step s where s.office = c.office and s.through = c.through and s.machine = 'dispute' order by s.state),
               array(select s.change from step s where s.office = c.office and s.through = c.through and s.machine = 'dispute' order by s.state)) as disputes,
             guarantee_api.stepped(coalesce((c.before).lots, '{}'),
               array(select s.state from step s where s.office = c.office and s.through = c.through and s.machine = 'lot' order by s.state),
               array(select s.change from step s where s.office = c.office and s.through = c.through and s.machine = 'lot' order by s.state)) as lots,
             coalesce((select min(e.sequence) from guarantee.event e
                        where e.office = c.office and e.sequence >= coalesce((c.before).open_from, 1) and e.sequence < c.sequence and e."on" > c.through),
                      c.sequence + 1) as open_from
        from closed c
      offset 0
    ) k;
comment on view guarantee_api.expected_closing is
  'What each closing says by its event, its accounts, the closing before and the steps of disputes and lots dated since';
