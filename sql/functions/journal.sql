create view guarantee_api.journal as
  select e.*, t.effects, t.subject, t.adds_to,
         ((e.fields ->> 'amount')::numeric * (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1])::bigint as amount,
         ((e.fields ->> 'consignor_limit')::numeric * (array[1, 10, 100, 1000, 10000])[c.minor_digits + 1])::bigint as consignor_limit
    from guarantee.event e
    join guarantee.event_type t on t.event = e.event
    left join guarantee.currency c on c.currency = e.currency;
comment on view guarantee_api.journal is 'Events with their amounts in minor units and what their type has them do';
