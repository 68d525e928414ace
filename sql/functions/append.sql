create function guarantee_api.append(journal guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  with journal as materialized (
    select * from unnest(append.journal)
  ), book as (
    update guarantee.book b set
      sequence = b.sequence + n.events,
      recorded_at = greatest(clock_timestamp(), b.recorded_at)
      from (select v.office, count(*) as events from journal v group by v.office) n
     where b.office = n.office
    returning b.office, b.sequence - n.events as sequence, b.recorded_at
  ), numbered as materialized (
    select v.*, b.recorded_at as at, b.sequence + row_number() over (partition by v.office order by v.position) as sequence
      from journal v join book b on b.office = v.office
  ), recorded as (
    insert into guarantee.event (office, sequence, key, "on", event, dispute, stage_from, stage_to, lot_from, lot_to, currency, reverses,
                                 fields, recorded_at, recorded_by, approved_by)
    select office, sequence, key, "on", event, dispute,
           stage_from, stage_to, lot_from, lot_to, currency, reverses,
           fields - '{key,on,event}'::text[], at, session_user, case when 'approval' = any(steps) then session_user end
      from numbered
     order by office, sequence
  )
  insert into guarantee.entry (office, sequence, line, account_id, amount, version, balance)
  select s.office, s.sequence, s.line, a.account_id, s.amount,
         a.version - count(*) over account + row_number() over so_far,
         a.balance - sum(s.delta) over account + sum(s.delta) over so_far
    from (
      select n.office, n.sequence, l.line, l.role, l.dispute, l.guarantor, l.currency, l.amount, l.delta
        from numbered n cross join unnest(n.lines) l
      offset 0
    ) s
    cross join lateral (
      select x.account_id, x.version, x.balance from guarantee.account x
       where x.office = s.office and x.dispute = s.dispute and x.role = s.role and x.guarantor = s.guarantor and x.currency = s.currency
      offset 0
    ) a
  window account as (partition by a.account_id),
         so_far as (partition by a.account_id order by s.sequence, s.line rows unbounded preceding)
   order by s.office, s.sequence, s.line;
end
$$;
comment on function guarantee_api.append(guarantee_api.verdict[]) is
  'Appends a batch''s events and entries in the order in which they were sent, with running balances';
