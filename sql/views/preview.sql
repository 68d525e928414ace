create function guarantee_api.preview(keys jsonb)
returns table (key text, effect text, subject text, currency text, debit numeric, credit numeric, before numeric, after numeric,
               was text, becomes text)
language sql stable as $$
  select e.key, x.effect, x.subject, x.currency, x.debit, x.credit, x.before, x.after, x.was, x.becomes
    from jsonb_array_elements_text(keys) with ordinality w (key, n)
    join guarantee.event e on e.key = w.key
   cross join lateral (
      select 1 as rank, n.line::integer as line, 'entry' as effect,
             a.name as subject, a.currency,
             case when n.amount > 0 then guarantee_api.money(n.amount, c.minor_digits) end as debit,
             case when n.amount < 0 then guarantee_api.money(-n.amount, c.minor_digits) end as credit,
             guarantee_api.money(n.balance - n.amount * r.normal_side, c.minor_digits) as before,
             guarantee_api.money(n.balance, c.minor_digits) as after, null as was, null as becomes
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id
        join guarantee.account_role r on r.role = a.role
        join guarantee.currency c on c.currency = a.currency
       where n.office = e.office and n.sequence = e.sequence
      union all
      select 2, 0, 'stage', e.dispute, null, null, null, null, null, e.stage_from, e.stage_to where e.stage_from is distinct from e.stage_to
      union all
      select 3, 0, 'lot', e.fields ->> 'lot', null, null, null, null, null, e.lot_from, e.lot_to where e.lot_from is distinct from e.lot_to
      union all
      select 4, 0, 'deadline met', d.deadline, null, null, null, null, null, 'due ' || l.due_on, 'met ' || d.met_on
        from guarantee.deadline d
        join guarantee.deadline_rule u on u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure and e.event = any(u.stops)
       cross join lateral (select guarantee_api.due_on(d.starts_on, u.period, u.unit) as due_on) l
       where d.dispute = e.dispute and d.met_on = e."on"
      union all
      select 5, 0, 'deadline starts', d.deadline, null, null, null, null, null, null, coalesce('due ' || l.due_on, 'due on a day not yet known')
        from guarantee.deadline d
        join guarantee.deadline_rule u on u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure
       cross join lateral (select guarantee_api.due_on(d.starts_on, u.period, u.unit) as due_on) l
       where d.dispute = e.dispute and d.starts = e.event and d.starts_on = e."on" and d.met_on is null
   ) x
   order by w.n, x.rank, x.line, x.subject
$$;
comment on function guarantee_api.preview(jsonb) is
  'What recorded events did: entries with the balances before and after, stages and lots moved, deadlines met and started. Asked in a transaction that is taken back, it says what events would do';
