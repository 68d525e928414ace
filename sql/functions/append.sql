create function guarantee_api.append(journal guarantee_api.verdict[], locked text[]) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  outcomes guarantee_api.outcome[];
begin
  with book as materialized (
    select b.office, b.sequence, b.hash, b.recorded_at, guarantee_api.recording_text(b.office, b.recorded_at, session_user) as recording
      from (
        select x.office, x.sequence, x.hash, greatest(clock_timestamp(), x.recorded_at) as recorded_at
          from guarantee.book x where x.office = any(locked) offset 0
      ) b
  ), chained as materialized (
    select e.*, guarantee_api.chain(e.head, guarantee_api.canonical_bytes(
             e.fields, e.recording, e.sequence, e.approved_by, e.dispute, e.stage_from, e.stage_to, e.lot_from, e.lot_to, e.currency, e.reverses
           )) over chain as hash, lead(e.sequence) over chain is null as is_last
      from (
        select v.*, b.recorded_at, b.recording, b.hash as head,
               b.sequence + row_number() over (partition by v.office order by v.position) as sequence,
               case when 'approval' = any(v.steps) then session_user::text end as approved_by
          from unnest(journal) v join book b on b.office = v.office
      ) e
    window chain as (partition by e.office order by e.position rows unbounded preceding)
  ), kept as (
    update guarantee.book b set sequence = n.sequence, recorded_at = n.recorded_at, hash = n.hash
      from chained n
     where n.is_last and b.office = n.office
  ), recorded as (
    insert into guarantee.event (office, sequence, key, "on", event, dispute, stage_from, stage_to, lot_from, lot_to, currency, reverses,
                                 fields, recorded_at, recorded_by, approved_by, hash)
    select office, sequence, key, "on", event, dispute,
           stage_from, stage_to, lot_from, lot_to, currency, reverses,
           fields - '{key,on,event,closing_hash}'::text[], recorded_at, session_user, approved_by, hash
      from chained
  ), posted as (
    insert into guarantee.entry (office, sequence, line, account_id, "on", key, guarantor, amount, version, balance)
    select s.office, s.sequence, s.line, a.account_id, s."on", s.key, s.guarantor, s.amount,
           a.version - count(*) over account + row_number() over so_far,
           a.balance - sum(s.delta) over account + sum(s.delta) over so_far
      from (
        select n.office, n.sequence, n."on", n.key, l.line, l.account_id, l.role, l.dispute, l.guarantor, l.currency, l.amount, l.delta
          from chained n cross join unnest(n.lines) l
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
  select array_agg((n.position, n.key, null, 'recorded', null, n.office, n.sequence)::guarantee_api.outcome) into outcomes from chained n;
  perform guarantee_api.wake_followers();
  return outcomes;
end
$$;
comment on function guarantee_api.append(guarantee_api.verdict[], text[]) is
  'Appends a batch''s events and entries in the order in which they were sent, with running balances, and says where they stand';
