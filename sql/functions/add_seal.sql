create function guarantee_api.add_seal(bytes bytea, public_key bytea, signature bytea) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  said jsonb := convert_from(bytes, 'UTF8')::jsonb;
  last guarantee.seal;
  hashes bytea[];
  wrong text;
begin
  perform pg_advisory_xact_lock('guarantee.seal'::regclass::oid::integer, 0);
  select * into last from guarantee.seal s order by s.number desc limit 1;
  hashes := array(select h.hash from guarantee_api.sealed_hashes(coalesce(last.heads, '{}'), said -> 'heads') h);
  wrong := case
    when (said ->> 'number')::bigint <> coalesce(last.number, 0) + 1 then 'number'
    when (said ->> 'sealed_at')::timestamptz not between coalesce(last.sealed_at, '-infinity') and greatest(clock_timestamp(), last.sealed_at)
      or (said ->> 'sealed_at')::timestamptz < clock_timestamp() - interval '1 hour' then 'time'
    when said ->> 'sealed_by' <> session_user then 'login'
    when said ->> 'key_id' <> left(encode(sha256(public_key), 'hex'), 32) then 'key'
    when said ->> 'previous' <> encode(case when last.number is null then decode(repeat('00', 32), 'hex') else sha256(guarantee_api.seal_bytes(
      last.number, last.sealed_at, last.sealed_by, last.heads, last.attempts, last.events, last.root, last.previous, last.key_id)) end, 'hex') then 'previous'
    when exists (select from jsonb_each(said -> 'heads') h (office, place)
                  where not exists (select from guarantee.event e where e.office = h.office collate "C" and e.sequence = (h.place ->> 'sequence')::bigint
                                                                    and encode(e.hash, 'hex') = h.place ->> 'hash'))
      or exists (select from jsonb_each(last.heads) h (office, place)
                  where (said -> 'heads' -> h.office ->> 'sequence')::bigint < (h.place ->> 'sequence')::bigint or not said -> 'heads' ? h.office) then 'heads'
    when exists (select from jsonb_each(said -> 'attempts') h (office, place)
                  where not exists (select from guarantee.attempt a where a.office = h.office collate "C" and a.number = (h.place ->> 'number')::bigint
                                                                      and encode(a.hash, 'hex') = h.place ->> 'hash'))
      or exists (select from jsonb_each(last.attempts) h (office, place)
                  where (said -> 'attempts' -> h.office ->> 'number')::bigint < (h.place ->> 'number')::bigint or not said -> 'attempts' ? h.office)
      then 'attempts'
    when (said ->> 'events')::bigint <> cardinality(hashes) then 'number of events'
    when said ->> 'root' <> encode(guarantee_api.merkle_root(hashes), 'hex') then 'root'
    when bytes <> guarantee_api.seal_bytes(
      (said ->> 'number')::bigint, (said ->> 'sealed_at')::timestamptz, said ->> 'sealed_by', said -> 'heads', said -> 'attempts',
      (said ->> 'events')::bigint, decode(said ->> 'root', 'hex'), decode(said ->> 'previous', 'hex'), said ->> 'key_id') then 'form' end;
  if wrong is not null then
    raise exception 'the seal doesn''t close the journal as it is: its % is another', wrong
      using errcode = 'GL006', table = 'seal', constraint = 'seal_of_journal', hint = 'Sign what guarantee_api.propose_seal() gives.';
  end if;
  insert into guarantee.seal (number, sealed_at, sealed_by, heads, attempts, events, root, previous, key_id, public_key, signature, kept_at)
  values ((said ->> 'number')::bigint, (said ->> 'sealed_at')::timestamptz, session_user, said -> 'heads', said -> 'attempts',
          (said ->> 'events')::bigint, decode(said ->> 'root', 'hex'), decode(said ->> 'previous', 'hex'), said ->> 'key_id', public_key, signature,
          greatest(clock_timestamp(), (said ->> 'sealed_at')::timestamptz));
end
$$;
comment on function guarantee_api.add_seal(bytea, bytea, bytea) is
  'Adds the seal with these canonical bytes if all that they say is so. The signature is for those to judge who have the key';
revoke execute on function guarantee_api.add_seal(bytea, bytea, bytea) from public;
