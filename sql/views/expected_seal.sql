create view guarantee_api.expected_seal as
  select s.number,
         case when s.before is null then decode(repeat('00', 32), 'hex')
              else sha256(guarantee_api.seal_bytes((s.before).number, (s.before).sealed_at, (s.before).sealed_by, (s.before).heads, (s.before).attempts,
                                                   (s.before).events, (s.before).root, (s.before).previous, (s.before).key_id)) end as previous,
         guarantee_api.merkle_root(s.hashes) as root, cardinality(s.hashes)::bigint as events,
         left(encode(sha256(s.public_key), 'hex'), 32) as key_id,
         (select coalesce(jsonb_object_agg(h.office, jsonb_build_object('sequence', h.place ->> 'sequence', 'hash', encode(e.hash, 'hex'))), '{}')
            from jsonb_each(s.heads) h (office, place)
            left join guarantee.event e on e.office = h.office collate "C" and e.sequence = (h.place ->> 'sequence')::bigint) as heads,
         (select coalesce(jsonb_object_agg(h.office, jsonb_build_object('number', h.place ->> 'number', 'hash', encode(a.hash, 'hex'))), '{}')
            from jsonb_each(s.attempts) h (office, place)
            left join guarantee.attempt a on a.office = h.office collate "C" and a.number = (h.place ->> 'number')::bigint) as attempts
    from (
      select x.*, array(select h.hash from guarantee_api.sealed_hashes(coalesce((x.before).heads, '{}'), x.heads) h) as hashes
        from (select y.*, lag(y) over (order by y.number) as before from guarantee.seal y) x
      offset 0
    ) s;
comment on view guarantee_api.expected_seal is
  'What each seal says by the journal and the seal before it; whose signature it has, only those can tell who have the key';
