create view guarantee_api.expected_dispute as
  select o.dispute, o.office, (o.fields ->> 'procedure') collate "C" as procedure,
         (o.fields ->> 'recordal') collate "C" as recordal, (o.fields ->> 'right_holder') collate "C" as right_holder,
         (o.fields ->> 'consignor') collate "C" as consignor, (o.fields ->> 'currency') collate "C" as currency,
         h.stage, h.stage_since, coalesce(h.outcome, '') as outcome,
         h.award,
         coalesce(h.under_order, false) as under_order, coalesce(h.unless_events, '{}') as unless_events,
         h.decided_on,
         h.stage in (select t.from_stage from guarantee.dispute_transition t where t.to_stage <> t.from_stage) as active
    from guarantee.event o
    cross join lateral (
      select (array_agg(e.stage_to order by e.sequence desc) filter (where e.stage_to is not null))[1] as stage,
             (array_agg(e."on" order by e.sequence desc) filter (where e.stage_to <> e.stage_from))[1] as stage_since,
             (array_agg(coalesce(nullif(m.outcome, 'given'), e.fields ->> 'outcome') order by e.sequence desc) filter (where m.outcome is not null))[1] as outcome,
             min(e."on") filter (where m.outcome is not null) as decided_on,
             (array_agg(case when 'awards_if_' || coalesce(nullif(m.outcome, 'given'), e.fields ->> 'outcome') = any(e.effects)
                             then coalesce(e.amount, 0) end order by e.sequence desc)
               filter (where 'awards' = any(e.effects)))[1] as award,
             (array_agg('orders_assistance' = any(e.effects) order by e.sequence desc)
               filter (where e.effects && '{orders_assistance,lifts_assistance}'))[1] as under_order,
             array(select u.event from guarantee.event u
                    where u.dispute = o.dispute and u.event in (select x.unless_event from guarantee.deadline_expiry x)
                    group by u.event order by max(u.sequence)) as unless_events
        from guarantee_api.journal e
        left join guarantee.dispute_transition m on m.event = e.event and m.from_stage = e.stage_from
       where e.dispute = o.dispute
    ) h
   where o.stage_from = '';
comment on view guarantee_api.expected_dispute is 'Where each dispute stands by its events';
