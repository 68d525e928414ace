create function guarantee_api.sealed_hashes(before jsonb, heads jsonb) returns table (office text, sequence bigint, hash bytea)
language sql stable as $$
  select e.office, e.sequence, e.hash
    from jsonb_each(heads) h (office, place)
    cross join lateral (
      select x.office, x.sequence, x.hash from guarantee.event x
       where x.office = h.office collate "C"
         and x.sequence > coalesce((sealed_hashes.before -> h.office ->> 'sequence')::bigint, 0) and x.sequence <= (h.place ->> 'sequence')::bigint
      offset 0
    ) e
   order by e.office, e.sequence
$$;
comment on function guarantee_api.sealed_hashes(jsonb, jsonb) is
  'The hashes of the events after one seal''s heads and up to another''s, in the order of the leaves: offices by the bytes of their codes, then sequence';
