create function guarantee_api.append(journal guarantee_api.verdict[], locked text[]) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  outcomes guarantee_api.outcome[];
begin
  with book as materialized (
    select b.office, b.sequence, greatest(clock_timestamp(), b.recorded_at) as recorded_at
      from guarantee.book b where b.office = any(locked)
  ), numbered as materialized (
    select v.*, b.recorded_at, b.sequence + row_number() over (partition by v.office order by v.position) as sequence
      from unnest(journal) v join book b on b.office = v.office
  ), kept as (
    update guarantee.book b set sequence = n.sequence, recorded_at = n.recorded_at
      from (select v.office, max(v.sequence) as sequence, max(v.recorded_at) as recorded_at from numbered v group by v.office) n
     where b.office = n.office
  ), recorded as (
    insert into guarantee.event (office, sequence, key, "on", event, dispute, stage_from, stage_to, lot_from, lot_to, currency, reverses,
                                 fields, recorded_at, recorded_by, approved_by)
    select office, sequence, key, "on", event, dispute,
           stage_from, stage_to, lot_from, lot_to, currency, reverses,
           fields - '{key,on,event}'::text[], recorded_at, session_user, case when 'approval' = any(steps) then session_user end
      from numbered
  ), posted as (
    insert into guarantee.entry (office, sequence, line, account_id, "on", key, guarantor, amount, version, balance)
    select s.office, s.sequence, s.line, a.account_id, s."on", s.key, s.guarantor, s.amount,
           a.version - count(*) over account + row_number() over so_far,
           a.balance - sum(s.delta) over account + sum(s.delta) over so_far
      from (
        select n.office, n.sequence, n."on", n.key, l.line, l.account_id, l.role, l.dispute, l.guarantor, l.currency, l.amount, l.delta
          from numbered n cross join unnest(n.lines) l
        offset 0
      ) s
      cross join lateral (
        -- One that was opened meanwhile has its number only now.
        select x.account_id, x.version, x.balance from guarantee.account x
         where x.account_id = coalesce(s.account_id, (
           select y.account_id from guarantee.account y
            where y.office = s.office and y.dispute = s.dispute and y.role = s.role and y.guarantor = s.guarantor and y.currency = s.currency))
        offset 0
      ) a
    window account as (partition by a.account_id),
           so_far as (partition by a.account_id order by s.sequence, s.line rows unbounded preceding)
  )
  select array_agg((n.position, n.key, null, 'recorded', null, n.office, n.sequence)::guarantee_api.outcome) into outcomes from numbered n;
  perform guarantee_api.wake_followers();
  return outcomes;
end
$$;
comment on function guarantee_api.append(guarantee_api.verdict[], text[]) is
  'Appends a batch''s events and entries in the order in which they were sent, with running balances, and says where they stand';
