create function guarantee_api.append(
  journal guarantee_api.verdict[], locked text[], proposer text default session_user, approvers text default session_user)
returns guarantee_api.outcome[]
language plpgsql as $$
declare
  outcomes guarantee_api.outcome[];
  entries guarantee_api.double_entry[];
begin
  with book as materialized (
    select b.office, b.sequence, b.hash, b.recorded_at, guarantee_api.recording_members(b.office, b.recorded_at, proposer) as recording
      from (
        select x.office, x.sequence, x.hash, greatest(clock_timestamp(), x.recorded_at) as recorded_at
          from guarantee.book x where x.office = any(locked) offset 0
      ) b
  ), chained as materialized (
    -- By name, since each that passes is set up at every step.
    select e.position, e.office, e.sequence, e.key, e."on", e.event, e.dispute, e.stage_from, e.stage_to, e.lot_from, e.lot_to,
           e.currency, e.reverses, e.fields, e.lines, e.recorded_at, e.approved_by,
           guarantee_api.chain(e.head, guarantee_api.canonical_bytes(
             e.members, e.recording, e.sequence, e.approved_by, e.dispute, e.stage_from, e.stage_to, e.lot_from, e.lot_to, e.currency, e.reverses
           )) over chain as hash, lead(e.sequence) over chain is null as is_last
      from (
        select v.position, v.office, v.key, v."on", v.event, v.dispute, v.stage_from, v.stage_to, v.lot_from, v.lot_to,
               v.currency, v.reverses, v.fields, v.lines, b.recorded_at, b.recording, b.hash as head,
               case when 'closes_books' = any(v.steps) then v.fields || (
                 select jsonb_build_object('closing_hash', encode(c.hash, 'hex')) from guarantee.closing c where c.office = v.office and c.through = v."on")
               else v.fields end as members,
               b.sequence + row_number() over (partition by v.office order by v.position) as sequence,
               case when 'approval' = any(v.steps) then approvers end as approved_by
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
           fields - '{key,on,event}'::text[], recorded_at, proposer, approved_by, hash
      from chained
  )
  select array_agg((n.position, n.key, null, 'recorded', null, n.office, n.sequence)::guarantee_api.outcome),
         array_agg((n.office, n.sequence, n."on", n.key, n.lines)::guarantee_api.double_entry) filter (where n.lines is not null)
    into outcomes, entries
    from chained n;
  if entries is not null then
    perform guarantee_api.post(entries);
  end if;
  -- A notification makes all commits of the database wait for each other, so nobody is called when nobody waits. To find
  -- others looking at the same moment counts as finding a follower, which does no harm.
  if not (pg_try_advisory_lock(guarantee_api.follower_lock()) and pg_advisory_unlock(guarantee_api.follower_lock())) then
    perform pg_notify('guarantee_events', '');
  end if;
  return outcomes;
end
$$;
comment on function guarantee_api.append(guarantee_api.verdict[], text[], text, text) is
  'Appends a batch''s events and entries in the order in which they were sent, and says where they stand. Who records alone approves alone, and the journal says so';
