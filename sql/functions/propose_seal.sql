create function guarantee_api.propose_seal(key_id text)
returns table (number bigint, sealed_at timestamptz, heads_before text, heads text, bytes bytea, is_new boolean)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  last guarantee.seal;
  made guarantee.seal;
  hashes bytea[];
begin
  perform pg_advisory_xact_lock('guarantee.seal'::regclass::oid::integer, 0);
  select * into last from guarantee.seal s order by s.number desc limit 1;
  made.number := coalesce(last.number, 0) + 1;
  made.sealed_at := greatest(clock_timestamp(), last.sealed_at);
  made.heads := (select coalesce(jsonb_object_agg(b.office, jsonb_build_object('sequence', b.sequence::text, 'hash', encode(b.hash, 'hex'))), '{}')
                   from guarantee.book b where b.sequence > 0);
  made.attempts := (select coalesce(jsonb_object_agg(a.office, jsonb_build_object('number', a.number::text, 'hash', encode(a.hash, 'hex'))), '{}')
                      from guarantee.attempt_book a);
  hashes := array(select h.hash from guarantee_api.sealed_hashes(coalesce(last.heads, '{}'), made.heads) h);
  made.events := cardinality(hashes);
  made.root := guarantee_api.merkle_root(hashes);
  made.previous := case when last.number is null then decode(repeat('00', 32), 'hex') else sha256(guarantee_api.seal_bytes(
    last.number, last.sealed_at, last.sealed_by, last.heads, last.attempts, last.events, last.root, last.previous, last.key_id)) end;
  return query select made.number, made.sealed_at, coalesce(last.heads, '{}')::text, made.heads::text, guarantee_api.seal_bytes(
      made.number, made.sealed_at, session_user, made.heads, made.attempts, made.events, made.root, made.previous, propose_seal.key_id),
    (made.heads, made.attempts) is distinct from (coalesce(last.heads, '{}'), coalesce(last.attempts, '{}'));
end
$$;
comment on function guarantee_api.propose_seal(text) is
  'What the next seal says, for its signature: add_seal() takes it in the same transaction, until whose end nobody else seals. is_new: something was recorded or refused since the last one';
revoke execute on function guarantee_api.propose_seal(text) from public;
