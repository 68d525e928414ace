create function guarantee_api.check_ledger() returns table ("check" text, subject text, expected text, found text)
language sql stable set jit = off set work_mem = '64MB' as $$
  select 'sequence is gapless', b.office, 'events 1 to ' || b.sequence,
         count(e.sequence) || ' events, ' || coalesce(min(e.sequence) || ' to ' || max(e.sequence), 'none')
    from guarantee.book b
    left join guarantee.event e on e.office = b.office
   group by b.office, b.sequence
  having count(e.sequence) <> b.sequence or coalesce(max(e.sequence), 0) <> b.sequence or coalesce(min(e.sequence), 1) <> 1
  union all
  select 'stages follow transitions', e.dispute || ' ' || e.key, 'from ' || e.before, e.event || ' from ' || e.stage_from || ' to ' || e.stage_to
    from (select v.*, coalesce(lag(v.stage_to) over (partition by v.dispute order by v.sequence), '') as before
            from guarantee.event v where v.dispute is not null and v.stage_to is not null) e
    left join guarantee.dispute_transition t on t.event = e.event and t.from_stage = e.stage_from and t.to_stage = e.stage_to
   where e.before <> e.stage_from or t.event is null
  union all
  select 'lots follow transitions', e.dispute || ' lot ' || e.lot || ' ' || e.key, 'from ' || e.before, e.event || ' from ' || e.lot_from || ' to ' || e.lot_to
    from (select v.*, v.fields ->> 'lot' as lot,
                 coalesce(lag(v.lot_to) over (partition by v.dispute, v.fields ->> 'lot' order by v.sequence), '') as before
            from guarantee.event v where v.lot_to is not null) e
    left join guarantee.lot_transition t on t.event = e.event and t.from_state = e.lot_from and t.to_state = e.lot_to
   where e.before <> e.lot_from or t.event is null
  union all
  select 'events keep their transition', e.office || ' ' || e.sequence, e.event || ' has its stage and lot', 'none'
    from guarantee.event e
    join guarantee.event_type t on t.event = e.event
   where t.of_dispute and (e.dispute is null or e.stage_to is null) or t.of_lot and e.lot_to is null
  union all
  select 'events are where they say', e.office || ' ' || e.sequence,
         concat_ws(' ', case when t.names_office then e.fields ->> 'office' end, case when t.of_dispute then e.fields ->> 'dispute' end,
                   e.fields ->> 'currency', e.fields ->> 'reverses'),
         concat_ws(' ', case when t.names_office then e.office end, case when t.of_dispute then e.dispute end,
                   case when e.fields ? 'currency' then e.currency end, e.reverses)
    from guarantee.event e
    join guarantee.event_type t on t.event = e.event
   where t.names_office and e.office is distinct from e.fields ->> 'office' or t.of_dispute and e.dispute is distinct from e.fields ->> 'dispute'
      or e.currency <> e.fields ->> 'currency' or e.reverses is distinct from e.fields ->> 'reverses'
  union all
  select 'hashes follow from events', e.office || ' ' || e.sequence, encode(e.expected, 'hex'), encode(e.hash, 'hex')
    from (select v.office, v.sequence, v.hash, sha256(v.hash_before || v.bytes) as expected from guarantee_api.hashed_event v) e
   where e.hash <> e.expected
  union all
  select 'attempts are gapless', coalesce(b.office, a.office), coalesce('attempts 1 to ' || b.number, 'none'),
         coalesce(a.count || ' attempts, ' || a.first || ' to ' || a.last, 'none')
    from guarantee.attempt_book b
    full join (select x.office, count(*) as count, min(x.number) as first, max(x.number) as last from guarantee.attempt x group by x.office) a
      on a.office = b.office
   where (b.number, 1, b.number) is distinct from (a.count, a.first, a.last)
  union all
  select 'hashes follow from attempts', a.office || ' ' || a.number, encode(a.expected, 'hex'), encode(a.hash, 'hex')
    from (select x.office, x.number, x.hash,
                 sha256(coalesce(lag(x.hash) over (partition by x.office order by x.number), decode(repeat('00', 32), 'hex'))
                        || guarantee_api.attempt_bytes(x.office, x.number, x.attempted_at, x.attempted_by, x.result, x.reported, x.fields)) as expected
            from guarantee.attempt x) a
   where a.hash <> a.expected
  union all
  select 'attempts end with their book''s hash', b.office, encode(b.hash, 'hex') || ' ' || b.attempted_at, encode(a.hash, 'hex') || ' ' || a.attempted_at
    from guarantee.attempt_book b
    join guarantee.attempt a on a.office = b.office and a.number = b.number
   where (a.hash, a.attempted_at) is distinct from (b.hash, b.attempted_at)
  union all
  select * from guarantee_api.compare('seals follow from events', 'guarantee_api.expected_seal', 'guarantee.seal', '{number}')
  union all
  select 'seals are gapless', '', 'seals 1 to ' || count(*), min(s.number) || ' to ' || max(s.number)
    from guarantee.seal s
  having min(s.number) <> 1 or max(s.number) <> count(*)
  union all
  select 'approvals are of others', p.key, concat_ws(' ', p.office, p.proposed_by, a.approvers), concat_ws(' ', e.office, e.recorded_by, e.approved_by)
    from guarantee.pending p
    cross join lateral (
      select string_agg(x.login, ', ' order by x.approved_at, x.login) as approvers, bool_or(x.login = p.proposed_by) as is_own
        from guarantee.approval x where x.key = p.key and x.proposed_at = p.proposed_at
    ) a
    left join guarantee.event e on e.key = p.key
   where p.decision = 'approved' and ((e.office, e.recorded_by, e.approved_by) is distinct from (p.office, p.proposed_by, a.approvers) or a.is_own)
  union all
  select 'approved events had waited', e.key, 'approved by ' || e.recorded_by, 'approved by ' || e.approved_by
    from guarantee.event e
   where e.approved_by <> e.recorded_by
     and not exists (select from guarantee.pending p where p.key = e.key and p.decision = 'approved')
  union all
  select 'entries sum to zero', n.office || ' ' || n.sequence, '0 ' || coalesce(r.ledger, '') || ' ' || coalesce(a.currency, ''), sum(n.amount)::text
    from guarantee.entry n
    left join guarantee.account a on a.account_id = n.account_id
    left join guarantee.account_role r on r.role = a.role
   group by n.office, n.sequence, r.ledger, a.currency
  having sum(n.amount) <> 0 or r.ledger is null
  union all
  select 'debits equal credits', concat_ws(' ', a.office, r.ledger, a.currency), sum(a.balance) filter (where r.normal_side = 1) || ' debit',
         sum(a.balance) filter (where r.normal_side = -1) || ' credit'
    from guarantee.account a join guarantee.account_role r on r.role = a.role
   group by a.office, r.ledger, a.currency
  having sum(a.balance * r.normal_side) <> 0
  union all
  select 'no account is below zero', a.name, 'at least 0', a.balance::text
    from guarantee.account a where a.balance < 0
  union all
  select 'released goods are covered', d.dispute, 'cover of at least ' || g.released, h.held::text
    from guarantee.dispute d
    cross join lateral guarantee_api.goods_of(d.dispute) g
    -- An undertaking may have run out since: what must be there is what was lodged.
    cross join lateral guarantee_api.accounts_of(d.office, d.dispute, null, '-infinity') a
    cross join lateral (select a.cover as held) h
   where d.outcome = '' and g.released > h.held
  union all
  select * from guarantee_api.compare('entries follow from events', 'guarantee_api.expected_entry', 'guarantee_api.actual_entry',
                                      '{office,sequence,role,dispute,guarantor,currency}')
  union all
  select * from guarantee_api.compare('balances follow from entries', 'guarantee_api.expected_account', 'guarantee.account',
                                      '{office,role,dispute,guarantor,currency}')
  union all
  select * from guarantee_api.compare('totals follow from balances', 'guarantee_api.expected_total', 'guarantee.total',
                                      '{office,role,guarantor,currency}')
  union all
  select * from guarantee_api.compare('flows follow from entries', 'guarantee_api.expected_flow', 'guarantee.flow',
                                      '{on,office,debit_role,credit_role,currency}')
  union all
  select * from guarantee_api.compare('flows of goods follow from events', 'guarantee_api.expected_goods_flow', 'guarantee.goods_flow',
                                      '{on,office,lot_from,lot_to,currency}')
  union all
  select 'entries carry the balance after them', n.office || ' ' || n.sequence || ' ' || n.line,
         concat_ws(' ', 'balance=' || n.balance, 'guarantor=' || n.guarantor, 'key=' || n.key, 'on=' || n."on", 'version=' || n.version),
         concat_ws(' ', 'balance=' || n.found_balance, 'guarantor=' || n.found_guarantor, 'key=' || n.found_key, 'on=' || n.found_on, 'version=' || n.found_version)
    from guarantee_api.expected_entry_balance n
   where (n.balance, n.guarantor, n.key, n."on", n.version) is distinct from (n.found_balance, n.found_guarantor, n.found_key, n.found_on, n.found_version)
  union all
  select * from guarantee_api.compare('disputes follow from events', 'guarantee_api.expected_dispute', 'guarantee.dispute', '{dispute}')
  union all
  select * from guarantee_api.compare('lots follow from events', 'guarantee_api.expected_lot', 'guarantee.lot', '{dispute,lot}')
  union all
  select * from guarantee_api.compare('deadlines follow from events', 'guarantee_api.expected_deadline', 'guarantee.deadline', '{dispute,deadline}')
  union all
  select * from guarantee_api.compare('positions follow from events', 'guarantee_api.expected_guarantor_position', 'guarantee.guarantor_position', '{dispute,guarantor}')
  union all
  select * from guarantee_api.compare('exposure follows from entries', 'guarantee_api.expected_exposure', 'guarantee.exposure', '{office,guarantor,consignor,currency}')
  union all
  select * from guarantee_api.compare('offices follow from events', 'guarantee_api.expected_office', 'guarantee.office', '{office}')
  union all
  select * from guarantee_api.compare('parties follow from events', 'guarantee_api.expected_party', 'guarantee.party', '{party}')
  union all
  select * from guarantee_api.compare('recordals follow from events', 'guarantee_api.expected_recordal', 'guarantee.recordal', '{recordal}')
  union all
  select * from guarantee_api.compare('facilities follow from events', 'guarantee_api.expected_facility', 'guarantee.facility', '{office,guarantor}')
  union all
  select * from guarantee_api.compare('working days follow from events', 'guarantee_api.expected_working_day', 'guarantee.working_day', '{day}')
  union all
  select * from guarantee_api.compare('the calendar follows from working days', 'guarantee_api.expected_calendar_day', 'guarantee.calendar_day', '{day}')
  union all
  select * from guarantee_api.compare('closings follow from entries', 'guarantee_api.expected_closing_balance', 'guarantee.closing_balance',
                                      '{office,through,role,dispute,guarantor,currency}')
  union all
  select * from guarantee_api.compare('closings follow from events', 'guarantee_api.expected_closing', 'guarantee.closing', '{office,sequence}')
  union all
  select * from guarantee_api.compare('books follow from events', 'guarantee_api.expected_book', 'guarantee.book', '{office}')
  union all
  select * from guarantee_api.check_bank()
$$;
comment on function guarantee_api.check_ledger() is
  'Recomputes everything from the events up and returns a row for whatever doesn''t fit: what was checked, where, what it should be and what it is';
