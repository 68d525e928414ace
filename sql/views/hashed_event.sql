create view guarantee_api.hashed_event as
  select e.office, e.sequence, e.key, e.hash,
         coalesce(lag(e.hash) over (partition by e.office order by e.sequence), decode(repeat('00', 32), 'hex')) as hash_before,
         guarantee_api.canonical_bytes(e.members, guarantee_api.recording_members(e.office, e.recorded_at, e.recorded_by), e.sequence, e.approved_by,
           e.dispute, e.stage_from, e.stage_to, e.lot_from, e.lot_to, e.currency, e.reverses) as bytes
    from (
      select x.*, x.fields || jsonb_build_object('key', x.key, 'on', to_char(x."on", 'YYYY-MM-DD'), 'event', x.event)
                  || case when c.hash is not null then jsonb_build_object('closing_hash', encode(c.hash, 'hex')) else '{}' end as members
        from guarantee.event x
        left join guarantee.closing c on c.office = x.office and c.sequence = x.sequence
      offset 0
    ) e;
comment on view guarantee_api.hashed_event is
  'Each event with what its hash covers: the hash before it in its office (32 zero bytes before the first), and its canonical bytes';
