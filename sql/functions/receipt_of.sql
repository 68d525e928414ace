create function guarantee_api.receipt_of(key text)
returns table (event text, hash_before bytea, hash bytea, leaf_index bigint, heads_before text, heads text, statement text, signature bytea, public_key bytea)
language sql stable as $$
  select convert_from(guarantee_api.canonical_bytes(
           e.fields || jsonb_build_object('key', e.key, 'on', to_char(e."on", 'YYYY-MM-DD'), 'event', e.event)
           || coalesce((select jsonb_build_object('closing_hash', encode(c.hash, 'hex'))
                          from guarantee.closing c where c.office = e.office and c.sequence = e.sequence), '{}'),
           guarantee_api.recording_members(e.office, e.recorded_at, e.recorded_by), e.sequence, e.approved_by, e.dispute, e.stage_from, e.stage_to,
           e.lot_from, e.lot_to, e.currency, e.reverses), 'UTF8'),
         coalesce(b.hash, decode(repeat('00', 32), 'hex')), e.hash,
         -- The leaves before it: those of the offices before its own, then its own.
         (select coalesce(sum((h.place ->> 'sequence')::bigint - coalesce((p.heads -> h.office ->> 'sequence')::bigint, 0)), 0)
            from jsonb_each(s.heads) h (office, place) where h.office collate "C" < e.office)
         + e.sequence - coalesce((p.heads -> e.office ->> 'sequence')::bigint, 0) - 1,
         coalesce(p.heads, '{}')::text, s.heads::text,
         convert_from(guarantee_api.seal_bytes(s.number, s.sealed_at, s.sealed_by, s.heads, s.attempts, s.events, s.root, s.previous, s.key_id), 'UTF8'),
         s.signature, s.public_key
    from guarantee.event e
    cross join lateral (
      select x.* from guarantee.seal x where (x.heads -> e.office ->> 'sequence')::bigint >= e.sequence order by x.number limit 1
    ) s
    left join guarantee.seal p on p.number = s.number - 1
    left join guarantee.event b on b.office = e.office and b.sequence = e.sequence - 1
   where e.key = receipt_of.key
$$;
comment on function guarantee_api.receipt_of(text) is
  'An event by its key with the seal that covers it and its place among the leaves of that seal; no row when there is no such event or no seal yet';
