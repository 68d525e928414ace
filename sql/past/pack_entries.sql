create function guarantee_past.pack_entries()
returns table (office text, sequence bigint, line smallint, role text, dispute text, guarantor text, currency text,
               debit numeric, credit numeric, balance numeric, version bigint)
language sql stable as $$
  select n.office, n.sequence, n.line, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency,
         case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end,
         case when d.dispute is null or a.dispute = d.dispute then guarantee_api.money(n.balance, c.minor_digits) end,
         case when d.dispute is null or a.dispute = d.dispute then n.version end
    from guarantee.entry n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.currency c on c.currency = a.currency
    cross join (select guarantee_past.pack_dispute() as dispute offset 0) d
   where n.sequence >= ((select guarantee_past.pack_first()) ->> n.office)::bigint
     and n.sequence <= coalesce(((select guarantee_past.known_through()) ->> n.office)::bigint, 9223372036854775807)
     and (d.dispute is null or (n.office, n.sequence) in (select p.office, p.sequence from guarantee_past.dispute_place p))
   order by n.office, n.sequence, n.line
$$;
comment on function guarantee_past.pack_entries() is
  'The entries of the events that an audit pack shows, with balances as they were recorded; in a dispute''s pack with those of its own accounts alone';

create function guarantee_past.pack_entries_until()
returns table (office text, sequence bigint, line smallint, role text, dispute text, guarantor text, currency text,
               debit numeric, credit numeric, balance numeric, version bigint)
language sql stable as $$
  select n.office, n.sequence, n.line, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency,
         case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end,
         case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end,
         guarantee_api.money(n.balance * r.normal_side, c.minor_digits), n.version
    from (
      select x.office, x.sequence, x.line, x.account_id, x.amount, sum(x.amount) over account as balance, row_number() over account as version
        from guarantee_past.entry x
      window account as (partition by x.account_id order by x.version)
    ) n
    join guarantee.account a on a.account_id = n.account_id
    join guarantee.account_role r on r.role = a.role
    join guarantee.currency c on c.currency = a.currency
   where n.sequence >= ((select guarantee_past.pack_first()) ->> n.office)::bigint
   order by n.office, n.sequence, n.line
$$;
comment on function guarantee_past.pack_entries_until() is
  'The entries of the events that an audit pack shows, with balances without what bears a later date than the pack''s last day';
