create function guarantee_api.contra_entry_of(reversed guarantee.event, "on" date) returns guarantee_api.movement
language plpgsql stable as $$
declare
  made guarantee_api.movement;
begin
  select array_agg((e.line, e.account_id, e.role, e.dispute, e.guarantor, e.currency, e.amount, e.delta, e.balance)::guarantee_api.line order by e.line),
         bool_or(e.balance + e.net < 0),
         bool_or(e.delta > 0 and e.balance > 9223372036854775807 - e.delta),
         coalesce(sum(e.delta) filter (where e.measures && '{held,frozen,undertaken,called}'), 0)::bigint,
         coalesce(sum(e.delta) filter (where e.measures && '{held,frozen}' or 'undertaken' = any(e.measures) and e.in_force), 0)::bigint
    into made
    from (
      select row_number() over (order by n.line desc)::smallint as line, a.account_id, a.role, a.dispute, a.guarantor, a.currency, a.balance,
             -n.amount as amount, -n.amount * r.normal_side as delta, sum(-n.amount * r.normal_side) over (partition by a.account_id) as net,
             r.measures, coalesce(p.expires_on >= contra_entry_of."on", true) as in_force
        from guarantee.entry n
        join guarantee.account a on a.account_id = n.account_id
        join guarantee.account_role r on r.role = a.role
        left join guarantee.guarantor_position p on p.dispute = a.dispute and p.guarantor = a.guarantor
       where n.office = reversed.office and n.sequence = reversed.sequence
    ) e;
  return made;
end
$$;
comment on function guarantee_api.contra_entry_of(guarantee.event, date) is
  'The contra-entry of a recorded event, its lines in the opposite order, and what it would do';
