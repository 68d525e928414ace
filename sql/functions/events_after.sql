create function guarantee_api.events_after(seen jsonb, held jsonb, wanted integer, offices jsonb default null)
returns table (office text, sequence bigint, is_last boolean, key text, "on" date, event text, fields jsonb,
               dispute text, stage_from text, stage_to text, lot_from text, lot_to text, reverses text,
               recorded_at timestamptz, recorded_by text, approved_by text, mark text,
               account text, role text, account_dispute text, guarantor text, currency text,
               debit numeric, credit numeric, balance numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
as $$
begin
  return query
    select e.office, e.sequence, e.sequence = e.last, e.key, e."on", e.event, e.fields,
           e.dispute, e.stage_from, e.stage_to, e.lot_from, e.lot_to, e.reverses,
           e.recorded_at, e.recorded_by, e.approved_by, guarantee_api.hash_mark(e.hash),
           n.account, n.role, nullif(n.dispute, ''), nullif(n.guarantor, ''), n.currency,
           case when n.amount > 0 then guarantee_api.money(n.amount, n.minor_digits) end,
           case when n.amount < 0 then guarantee_api.money(-n.amount, n.minor_digits) end,
           guarantee_api.money(n.balance, n.minor_digits)
      from (
        select b.office, b.last, b.seen, greatest(16, events_after.wanted / count(*) over ()) as wanted
          from (
            select x.office, x.sequence as last, coalesce((events_after.seen ->> x.office)::bigint, 0) as seen
              from guarantee.book x
             where events_after.offices is null or events_after.offices ? x.office
          ) b
         where b.last > b.seen
      ) b
      cross join lateral (
        select x.*, b.last
          from guarantee.event x
         where x.office = b.office and x.sequence > b.seen
         order by x.sequence
         limit greatest(0, b.wanted - coalesce((events_after.held ->> b.office)::bigint, 0))
      ) e
      left join lateral (
        select x.line, x.amount, x.balance, a.role, a.dispute, a.guarantor, a.currency, c.minor_digits,
               a.name as account
          from guarantee.entry x
          cross join lateral (select y.* from guarantee.account y where y.account_id = x.account_id offset 0) a
          cross join lateral (select y.* from guarantee.currency y where y.currency = a.currency offset 0) c
         where x.office = e.office and x.sequence = e.sequence
      ) n on true
     order by e.recorded_at, e.office, e.sequence, n.line;
end
$$;
comment on function guarantee_api.events_after(jsonb, jsonb, integer, jsonb) is
  'What follows after the sequence numbers seen of each office, in the order in which it was recorded, with a row for each entry and one for an event without: up to as many events as are wanted in all, shared out among the offices that have more, at least 16 each, less what is held of each already. is_last: no more of the office was there';
revoke execute on function guarantee_api.events_after(jsonb, jsonb, integer, jsonb) from public;
