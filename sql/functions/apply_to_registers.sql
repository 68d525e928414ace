create function guarantee_api.apply_to_registers(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.book (office)
  select v.fields ->> 'office' from unnest(verdicts) v join guarantee.event_type t on t.event = v.event where t.adds_to = 'office';

  insert into guarantee.office (office, zone, name, instruments)
  select v.office, v.fields ->> 'zone', v.fields ->> 'name',
         coalesce(string_to_array(v.fields ->> 'instruments', ' '), '{cash}')
    from unnest(verdicts) v join guarantee.event_type t on t.event = v.event where t.adds_to = 'office';

  insert into guarantee.party (party, kind, name)
  select v.fields ->> 'party', v.fields ->> 'kind', v.fields ->> 'name'
    from unnest(verdicts) v join guarantee.event_type t on t.event = v.event where t.adds_to = 'party';

  insert into guarantee.recordal (recordal, party, kind, valid_from, valid_to)
  select v.fields ->> 'recordal', v.fields ->> 'party', v.fields ->> 'kind', (v.fields ->> 'valid_from')::date,
         coalesce((v.fields ->> 'valid_to')::date, ((v.fields ->> 'valid_from')::date + interval '10 years')::date)
    from unnest(verdicts) v join guarantee.event_type t on t.event = v.event where t.adds_to = 'recordal';

  insert into guarantee.facility (office, guarantor, currency, amount, consignor_limit, granted_on, valid_to)
  select v.office, v.guarantor, v.currency, v.amount, v.consignor_limit, v."on", coalesce((v.fields ->> 'valid_to')::date, 'infinity')
    from unnest(verdicts) v where 'grants_facility' = any(v.steps)
  on conflict (office, guarantor) do update set
    currency = excluded.currency, amount = excluded.amount, consignor_limit = excluded.consignor_limit,
    granted_on = excluded.granted_on, valid_to = excluded.valid_to;

  update guarantee.book b set closed_through = v."on"
    from unnest(verdicts) v
   where 'closes_books' = any(v.steps) and b.office = v.office;

  perform guarantee_api.make_closing(v.office, v."on") from unnest(verdicts) v where 'closes_books' = any(v.steps);

  insert into guarantee.working_day (day, working_day)
  select (v.fields ->> 'day')::date, (v.fields ->> 'working_day')::boolean
    from unnest(verdicts) v where 'sets_working_day' = any(v.steps)
  on conflict (day) do update set working_day = excluded.working_day;
  if found then
    perform guarantee_api.rebuild_calendar();
  end if;
end
$$;
comment on function guarantee_api.apply_to_registers(guarantee_api.verdict[]) is
  'Offices, parties, recordals (ten years when no end is given: Regulations art. 10), facilities, closed books with their closings, and working days';
