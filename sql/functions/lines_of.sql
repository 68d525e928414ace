create function guarantee_api.lines_of(
  event text, instrument text, office text, dispute text, guarantor text, currency text, amount bigint,
  reversed_office text, reversed_sequence bigint, "on" date)
returns table (lines guarantee_api.line[], short boolean, overflow boolean, exposure bigint, cover bigint)
language sql stable as $$
  with side as (
    select p.ordinal, p.side, r.role, r.measures, r.normal_side, a.account_id, coalesce(a.balance, 0) as balance,
           case when r.of_dispute then lines_of.dispute else '' end as dispute,
           case when r.of_guarantor then coalesce(lines_of.guarantor, '') else '' end as guarantor,
           lines_of.currency, p.side * lines_of.amount as amount
      from guarantee.posting p
      join guarantee.account_role r on r.role = p.role
      left join guarantee.account a
        on a.office = lines_of.office and a.role = p.role and a.currency = lines_of.currency
       and a.dispute = case when r.of_dispute then lines_of.dispute else '' end
       and a.guarantor = case when r.of_guarantor then coalesce(lines_of.guarantor, '') else '' end
     where p.event = lines_of.event and p.instrument in ('', lines_of.instrument) and lines_of.amount is not null
    union all
    select n.line, -sign(n.amount)::smallint, r.role, r.measures, r.normal_side, a.account_id, a.balance,
           a.dispute, a.guarantor, a.currency, -n.amount
      from guarantee.entry n
      join guarantee.account a on a.account_id = n.account_id
      join guarantee.account_role r on r.role = a.role
     where n.office = reversed_office and n.sequence = reversed_sequence
  ), effect as (
    select s.*, s.amount * s.normal_side as delta,
           sum(s.amount * s.normal_side) over same as net, count(*) over same as times
      from side s
    window same as (partition by s.role, s.dispute, s.guarantor)
  ), numbered as (
    -- An account touched twice takes before it gives, so that no step of an event is below zero when its end isn't.
    select e.*, row_number() over (order by e.times > 1 and e.delta < 0, e.ordinal, e.side desc)::smallint as line,
           coalesce(p.expires_on >= lines_of."on", true) as in_force
      from effect e
      left join guarantee.guarantor_position p
        on p.dispute = e.dispute and p.guarantor = e.guarantor and 'undertaken' = any(e.measures)
  )
  select array_agg((line, account_id, role, dispute, guarantor, currency, amount, delta)::guarantee_api.line order by line),
         bool_or(balance + net < 0),
         bool_or(delta > 0 and balance > 9223372036854775807 - delta),
         coalesce(sum(delta) filter (where measures && '{held,frozen,undertaken,called}'), 0)::bigint,
         coalesce(sum(delta) filter (where measures && '{held,frozen,undertaken}' and in_force), 0)::bigint
    from numbered
$$;
comment on function guarantee_api.lines_of(text, text, text, text, text, text, bigint, text, bigint, date) is
  'The double entry an event asks for by postings.csv, or the contra-entry of the event it reverses, and what it would do to balances, exposure and cover in force';
