create function guarantee_api.event_facts(key text)
returns table (part text, item text, name text, kind text, value text)
language sql stable as $$
  with told as (
    select e.*, d.procedure,
           e.fields || coalesce(o.fields - 'reference', '{}') as facts
      from guarantee.event e
      left join guarantee.dispute d on d.dispute = e.dispute
      left join guarantee.event o on o.dispute = e.dispute and o.stage_from = ''
     where e.key = event_facts.key
  ), found as (
    select 'event' as part, '' as item, x.name, x.kind, x.value
      from told t
     cross join lateral (
       values ('key', 'text', t.key), ('on', 'date', t."on"::text), ('event', 'code', t.event),
              ('meaning', 'said', (select y.meaning from guarantee.event_type y where y.event = t.event)), ('office', 'text', t.office),
              ('sequence', 'text', t.sequence::text), ('hash', 'text', encode(t.hash, 'hex')),
              ('recorded_at', 'text', to_char(t.recorded_at at time zone (select s.time_zone from guarantee.setting s), 'YYYY-MM-DD HH24:MI')),
              ('recorded_by', 'text', t.recorded_by), ('approved_by', 'text', t.approved_by), ('dispute', 'text', t.dispute),
              ('reversed_by', 'text', (select r.key from guarantee.event r where r.reverses = t.key)),
              ('office_name', 'text', (select coalesce(o.name, o.office) from guarantee.office o where o.office = t.office)),
              ('zone', 'text', (select o.zone from guarantee.office o where o.office = t.office)),
              ('patent', 'code', (select r.kind from guarantee.recordal r where r.recordal = t.facts ->> 'recordal')),
              ('currency', 'text', coalesce(t.currency, t.facts ->> 'currency'))
     ) x (name, kind, value)
    union all
    -- Whatever field any event has: what this one doesn't have is known and empty.
    select 'event', '', f.field, min(case when f.type in ('amount', 'award') then 'amount' when f.type in ('date') then 'date'
                                          when f.type in ('choice', 'instrument', 'boolean') then 'code' else 'text' end),
           min(t.facts ->> f.field)
      from guarantee.event_field f
      left join told t on true
     where f.field not in ('key', 'on', 'event', 'office', 'dispute', 'currency', 'zone')
     group by f.field
    union all
    -- Those that it names are called by their names.
    select 'event', '', k.kind || '_name', 'text', (select coalesce(p.name, p.party) from told t join guarantee.party p on p.party = t.facts ->> k.kind)
      from (select distinct f.refers_to as kind from guarantee.event_field f where f.refers_to in ('right_holder', 'consignor', 'guarantor')) k
    union all
    -- The dispute's goods, and since when they are what they are, as the event found or left them.
    select 'lot', l.fields ->> 'lot', x.name, x.kind, x.value
      from told t
      join guarantee.event l on l.dispute = t.dispute and l.sequence <= t.sequence and l.lot_to is not null
     cross join lateral (
       select j.key, case j.key when 'amount' then 'amount' else 'text' end, j.value
         from jsonb_each_text(l.fields) j where l.lot_from = '' and j.key not in ('dispute', 'reference')
       union all
       select l.lot_to || '_on', 'date', l."on"::text
       union all
       select 'state', 'code', l.lot_to
        where not exists (select from guarantee.event m where m.dispute = t.dispute and m.sequence between l.sequence + 1 and t.sequence
                             and m.lot_to is not null and m.fields ->> 'lot' = l.fields ->> 'lot')
     ) x (name, kind, value)
    union all
    -- What the dispute's accounts held when it was recorded.
    select 'held', n.role || '/' || n.guarantor, x.name, x.kind, x.value
      from (
        select distinct on (a.account_id) a.role, a.guarantor, n.balance, c.minor_digits
          from told t
          join guarantee.account a on a.dispute = t.dispute and a.office = t.office
          join guarantee.currency c on c.currency = a.currency
          join guarantee.entry n on n.account_id = a.account_id and n.sequence <= t.sequence
         where t.dispute <> ''
         order by a.account_id, n.version desc
      ) n
      join guarantee.account_role r on r.role = n.role
     cross join lateral (
       values ('role', 'code', n.role), ('role_name', 'said', r.name_en), ('ledger', 'code', r.ledger), ('guarantor', 'text', nullif(n.guarantor, '')),
              ('guarantor_name', 'text', (select coalesce(p.name, p.party) from guarantee.party p where p.party = n.guarantor)),
              ('amount', 'amount', guarantee_api.money(n.balance, n.minor_digits)::text),
              ('is_cover', 'flag', case when r.measures && '{held,frozen,undertaken}' then 'true' end),
              ('is_kept', 'flag', case when r.ledger = 'cash' then 'true' end)
     ) x (name, kind, value)
     where n.balance > 0
    union all
    select 'deadline', k.deadline, x.name, x.kind, x.value
      from told t
      join guarantee_api.deadline_kind k on k.starts = t.event and k.procedure in ('', t.procedure)
     cross join lateral (
       values ('deadline', 'code', k.deadline), ('due_on', 'date', guarantee_api.due_on(t."on", k.period, k.unit)::text),
              ('period', 'text', k.period::text), ('unit', 'code', k.unit), ('basis', 'said', k.basis)
     ) x (name, kind, value)
    union all
    select 'pending', '', 'event', 'code', p.fields ->> 'event'
      from guarantee.pending p where p.key = event_facts.key and p.decision is null
    union all
    -- What a part may have, whether or not this event has any of it.
    select x.part, null, x.name, null, null
      from (select 'lot' as part, f.field as name from guarantee.event_field f where f.event in (
              select y.event from guarantee.event_field y where y.adds_to = 'lot') and f.field not in ('dispute', 'reference')
            union select 'lot', t.to_state || '_on' from guarantee.lot_transition t
            union values ('lot', 'state'), ('held', 'role'), ('held', 'role_name'), ('held', 'ledger'), ('held', 'guarantor'), ('held', 'guarantor_name'), ('held', 'amount'),
                         ('held', 'is_cover'), ('held', 'is_kept'),
                         ('deadline', 'deadline'), ('deadline', 'due_on'), ('deadline', 'period'), ('deadline', 'unit'), ('deadline', 'basis')) x
  )
  select f.part, f.item, f.name, f.kind, f.value from found f
   order by f.part, f.item nulls first, f.name
$$;
comment on function guarantee_api.event_facts(text) is
  'What a paper about a recorded event may say, as fields of the event itself, its dispute''s goods, what was held when it was recorded, and the deadlines that it starts; an item of null names a field that a part may have';
