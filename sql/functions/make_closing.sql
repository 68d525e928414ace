create function guarantee_api.make_closing(office text, through date) returns bytea
language plpgsql
set plan_cache_mode = force_custom_plan
set enable_seqscan = on set enable_hashjoin = on set enable_mergejoin = on
as $$
#variable_conflict use_column
declare
  last guarantee.closing;
  made guarantee.closing;
begin
  select * into last from guarantee.closing c where c.office = make_closing.office order by c.through desc limit 1;
  last.through := coalesce(last.through, '-infinity');
  last.open_from := coalesce(last.open_from, 1);
  made.office := make_closing.office;
  made.through := make_closing.through;
  made.sequence := (select b.sequence + 1 from guarantee.book b where b.office = made.office);
  made.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  made.open_from := coalesce((select min(e.sequence) from guarantee.event e
                               where e.office = made.office and e.sequence >= last.open_from and e."on" > made.through), made.sequence + 1);
  insert into guarantee.closing_balance (office, through, role, dispute, guarantor, currency, opening, debit, credit, closing)
  select made.office, made.through, x.role, x.dispute, x.guarantor, x.currency,
         coalesce(b.closing, 0), coalesce(m.debit, 0), coalesce(m.credit, 0),
         coalesce(b.closing, 0) + (coalesce(m.debit, 0) - coalesce(m.credit, 0)) * r.normal_side
    from (
      select a.role, a.dispute, a.guarantor, a.currency,
             coalesce(sum(n.amount) filter (where n.amount > 0), 0) as debit, coalesce(sum(-n.amount) filter (where n.amount < 0), 0) as credit
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id
       where n.office = made.office and n.sequence >= last.open_from and n."on" > last.through and n."on" <= made.through
       group by a.account_id
    ) m
    full join (
      select p.role, p.dispute, p.guarantor, p.currency, p.closing
        from guarantee.closing_balance p where p.office = made.office and p.through = last.through and p.closing <> 0
    ) b using (role, dispute, guarantor, currency)
    cross join lateral (values (role, dispute, guarantor, currency)) x (role, dispute, guarantor, currency)
    join guarantee.account_role r on r.role = x.role;
  get diagnostics made.account_count = row_count;
  made.balances := guarantee_api.closing_root(made.office, made.through);
  select guarantee_api.stepped(coalesce(last.disputes, '{}'), array_agg(s.state) filter (where s.machine = 'dispute'),
                               array_agg(s.change) filter (where s.machine = 'dispute')),
         guarantee_api.stepped(coalesce(last.lots, '{}'), array_agg(s.state) filter (where s.machine = 'lot'),
                               array_agg(s.change) filter (where s.machine = 'lot'))
    into made.disputes, made.lots
    from (select machine, state, sum(change)::bigint as change
            from guarantee_api.closing_step x
           where x.office = made.office and x.sequence >= last.open_from and x."on" > last.through and x."on" <= made.through
           group by machine, state) s;
  made.hash := sha256(guarantee_api.closing_bytes(
    made.office, made.through, made.sequence, made.previous, made.account_count, made.balances, made.disputes, made.lots));
  insert into guarantee.closing select made.*;
  return made.hash;
end
$$;
comment on function guarantee_api.make_closing(text, date) is
  'Makes the closing of an office through a day of all that its journal has, for the event that comes next in it, and gives its hash: what the closing before came to, and what is dated since';
