create function guarantee_api.merkle_root(hashes bytea[]) returns bytea
language plpgsql immutable as $$
begin
  if cardinality(hashes) = 0 then
    return sha256('');
  end if;
  hashes := array(select sha256('\x00'::bytea || h.hash) from unnest(hashes) with ordinality h (hash, n) order by h.n);
  while cardinality(hashes) > 1 loop
    hashes := array(
      select case when p.right_hash is null then p.hash else sha256('\x01'::bytea || p.hash || p.right_hash) end
        from (select h.hash, lead(h.hash) over (order by h.n) as right_hash, h.n from unnest(hashes) with ordinality h (hash, n)) p
       where p.n % 2 = 1
       order by p.n);
  end loop;
  return hashes[1];
end
$$;
comment on function guarantee_api.merkle_root(bytea[]) is
  'The Merkle tree hash of RFC 6962 over hashes as leaves: pairs from the left, level by level; one without a partner goes up as it is';
