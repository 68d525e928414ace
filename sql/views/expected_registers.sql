create view guarantee_api.expected_office as
  select e.office, e.fields ->> 'zone' as zone, e.fields ->> 'name' as name,
         coalesce(string_to_array(e.fields ->> 'instruments', ' '), '{cash}') as instruments
    from guarantee_api.journal e where e.adds_to = 'office';
comment on view guarantee_api.expected_office is 'Offices by the events that registered them';

create view guarantee_api.expected_party as
  select (e.fields ->> 'party') collate "C" as party, (e.fields ->> 'kind') collate "C" as kind, e.fields ->> 'name' as name
    from guarantee_api.journal e where e.adds_to = 'party';
comment on view guarantee_api.expected_party is 'Parties by the events that registered them';

create view guarantee_api.expected_recordal as
  select (e.fields ->> 'recordal') collate "C" as recordal, (e.fields ->> 'party') collate "C" as party, (e.fields ->> 'kind') collate "C" as kind,
         (e.fields ->> 'valid_from')::date as valid_from,
         coalesce((e.fields ->> 'valid_to')::date, ((e.fields ->> 'valid_from')::date + interval '10 years')::date) as valid_to
    from guarantee_api.journal e where e.adds_to = 'recordal';
comment on view guarantee_api.expected_recordal is 'Recordals by the events that registered them';

create view guarantee_api.expected_facility as
  select distinct on (e.office, (e.fields ->> 'guarantor') collate "C") e.office, (e.fields ->> 'guarantor') collate "C" as guarantor, e.currency, e.amount, e.consignor_limit,
         e."on" as granted_on, coalesce((e.fields ->> 'valid_to')::date, 'infinity') as valid_to
    from guarantee_api.journal e where 'grants_facility' = any(e.effects)
   order by e.office, (e.fields ->> 'guarantor') collate "C", e.sequence desc;
comment on view guarantee_api.expected_facility is 'The latest grant to each guarantor at each office';

create view guarantee_api.expected_working_day as
  select distinct on (e.fields ->> 'day') (e.fields ->> 'day')::date as day, (e.fields ->> 'working_day')::boolean as working_day
    from guarantee_api.journal e where e.office = '' and 'sets_working_day' = any(e.effects)
   order by e.fields ->> 'day', e.sequence desc;
comment on view guarantee_api.expected_working_day is 'Working days by the latest event that set each';

create view guarantee_api.expected_book as
  select b.office, coalesce(max(e.sequence), 0) as sequence,
         coalesce(max(e."on") filter (where 'closes_books' = any(e.effects)), '-infinity') as closed_through,
         coalesce((select x.hash from guarantee.event x where x.office = b.office order by x.sequence desc limit 1),
                  decode(repeat('00', 32), 'hex')) as hash
    from guarantee.book b
    left join guarantee_api.journal e on e.office = b.office
   group by b.office;
comment on view guarantee_api.expected_book is 'How far each office''s journal goes, with which hash it ends, and how far its books are closed';
