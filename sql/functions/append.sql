create function guarantee_api.append(journal guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  update guarantee.book b set
    sequence = b.sequence + n.events,
    recorded_at = greatest(clock_timestamp(), b.recorded_at)
    from (select v.office, count(*) as events from unnest(journal) v group by v.office) n
   where b.office = n.office;

  with numbered as materialized (
    select v.*, b.recorded_at as at, t.needs_approval,
           b.sequence - count(*) over (partition by v.office) + row_number() over (partition by v.office order by v.position) as sequence
      from unnest(journal) v
      join guarantee.book b on b.office = v.office
      join guarantee.event_type t on t.event = v.event
  ), recorded as (
    insert into guarantee.event (office, sequence, key, "on", event, dispute, stage_from, stage_to, lot_from, lot_to, currency, reverses,
                                 fields, recorded_at, recorded_by, approved_by)
    select office, sequence, key, "on", event, coalesce(dispute, case when stage_from = '' then fields ->> 'dispute' end),
           stage_from, stage_to, lot_from, lot_to, currency, reverses,
           fields - '{key,on,event}'::text[], at, session_user, case when needs_approval then session_user end
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
    join guarantee.account a
      on a.office = s.office and a.dispute = s.dispute and a.role = s.role and a.guarantor = s.guarantor and a.currency = s.currency
  window account as (partition by a.account_id),
         so_far as (partition by a.account_id order by s.sequence, s.line rows unbounded preceding)
   order by s.office, s.sequence, s.line;
end
$$;
comment on function guarantee_api.append(guarantee_api.verdict[]) is
  'Appends a batch''s events and entries in the order in which they were sent, with running balances';
