create function guarantee_api.explain_refusal(code text, e guarantee_api.proposal, locked text[], today date) returns jsonb
language plpgsql stable as $$
declare
  t guarantee.event_type;
  past guarantee.event;
  d guarantee.dispute;
  p guarantee.guarantor_position;
  f guarantee.facility;
  r guarantee.recordal;
  c guarantee.currency;
  units record; made guarantee_api.movement; has record; goods record; stand record; open_lot guarantee.lot; unsettled guarantee.account;
  asked text; there text; lacking text; account text; field text; waiting text; late text;
begin
  select * into t from guarantee.event_type x where x.event = e.event;
  select * into past from guarantee.event x where x.key = e.fields ->> 'reverses' and x.office = any(locked);
  select * into d from guarantee.dispute x where x.dispute = coalesce(e.dispute, past.dispute) and x.office = any(locked);
  select * into p from guarantee.guarantor_position x where x.dispute = d.dispute and x.guarantor = e.guarantor;
  select * into f from guarantee.facility x where x.office = d.office and x.guarantor = e.guarantor;
  select * into r from guarantee.recordal x where x.recordal = coalesce(e.fields ->> 'recordal', d.recordal);
  select * into c from guarantee.currency x where x.currency = coalesce(d.currency, past.currency, e.fields ->> 'currency');
  select * into units from guarantee_api.minor_units(e.amount, t.amount_may_be_zero, e.fields, c.currency, c.minor_digits, past.fields);
  if past.key is not null then
    made := guarantee_api.contra_entry_of(past, e."on");
  else
    select * into made from guarantee_api.entry_of(
      e.event, e.fields ->> 'instrument', coalesce(d.office, e.office, ''), coalesce(d.dispute, ''), e.guarantor, c.currency, units.amount, e."on");
  end if;
  select * into has from guarantee_api.accounts_of(d.office, d.dispute, e.guarantor, e."on");
  select * into goods from guarantee_api.goods_of(d.dispute);
  select * into stand from guarantee_api.positions_of(d.dispute);
  select string_agg(k.deadline, ', ' order by k.deadline) filter (where k.allows), min(k.deadline) filter (where k.meets and k.elapsed is not false)
    into waiting, late
    from guarantee_api.deadlines_in_question(d.dispute, d.stage, d.unless_events, e.event, e."on") k;

  case code
    when 'bad_value' then
      asked := coalesce(e.fields ->> 'amount', e.fields ->> 'consignor_limit');
      there := format('an amount%s with at most %s decimals, and no more than an account can hold',
                      case when t.amount_may_be_zero then '' else ' above zero' end, coalesce(c.minor_digits, 4));
      field := case when e.fields ? 'consignor_limit' and (e.fields ->> 'amount')::numeric > 0 then 'amount or consignor_limit' else 'amount' end;
    when 'key_conflict' then
      select x.event || ' of ' || x."on" into there from guarantee.event x
       where x.key = e.key and coalesce(x.office = any(guarantee_api.visible_offices()), true);
    when 'date_in_future' then asked := e."on"; there := today;
    when 'unknown_office' then asked := e.office;
    when 'unknown_party' then
      select e.fields ->> u.field, replace(u.kind, '_', ' ') into asked, there
        from unnest(t.party_fields, t.party_kinds) u (field, kind)
       where e.fields ? u.field
         and not exists (select from guarantee.party x where x.party = e.fields ->> u.field and x.kind = u.kind)
       limit 1;
    when 'unknown_recordal' then asked := e.fields ->> 'recordal';
    when 'unknown_dispute' then asked := e.dispute;
    when 'unknown_lot' then asked := e.lot;
    when 'not_reversible' then
      asked := e.fields ->> 'reverses';
      there := case
        when past.key is null then 'there is no such event'
        when past.reverses is not null then 'it is itself a reversal'
        when exists (select from guarantee.event x where x.reverses = past.key) then 'it is reversed already'
        when past.stage_from is distinct from past.stage_to or past.lot_from is not null then 'it moved a dispute or a lot to another state'
        else 'it made no entries' end;
    when 'duplicate' then asked := initcap(t.adds_to) || ' ' || (e.fields ->> t.adds_to);
    when 'period_closed' then
      asked := e."on";
      select b.closed_through into there from guarantee.book b where b.office = coalesce(d.office, past.office, e.office);
    when 'currency_mismatch' then
      asked := coalesce(e.fields ->> 'currency', d.currency);
      there := case when e.fields ? 'currency' then 'the dispute''s, ' || d.currency else 'the facility''s, ' || f.currency end;
    when 'recordal_not_theirs' then asked := e.fields ->> 'right_holder'; there := r.party;
    when 'recordal_not_in_force' then asked := e."on"; there := r.valid_from || ' to ' || r.valid_to;
    when 'illegal_transition' then
      select case when m.event is null then 'dispute ' || d.dispute else 'lot ' || e.lot end,
             case when m.event is null then d.stage else coalesce(l.state, 'not there') end
        into asked, there
        from (values (1)) one
        left join guarantee.dispute_transition m on m.event = e.event and m.from_stage = coalesce(d.stage, '')
        left join guarantee.lot l on l.dispute = d.dispute and l.lot = e.lot;
    when 'date_out_of_order' then asked := e."on"; there := d.stage_since;
    when 'calendar_missing' then asked := coalesce(late, waiting);
    when 'deadline_passed' then
      asked := late;
      select x.due_on::text into there from guarantee_api.due_dates(d.dispute) x where x.deadline = late;
    when 'deadline_not_passed' then
      asked := e."on";
      select coalesce(string_agg(x.deadline || ' runs through ' || coalesce(x.due_on::text, 'a day not yet known'), ' and ' order by x.deadline),
                      'none is running')
        into there
        from guarantee_api.due_dates(d.dispute) x where x.deadline = any(string_to_array(waiting, ', '));
    when 'not_a_patent' then there := replace(r.kind, '_', ' ');
    when 'release_not_requested' then there := case when e.guarantor is null then 'of anybody' else 'of ' || e.guarantor end;
    when 'instrument_not_accepted' then
      asked := e.fields ->> 'instrument';
      select array_to_string(o.instruments, ', ') into there from guarantee.office o where o.office = d.office;
    when 'no_facility' then
      asked := e."on";
      there := case when f.guarantor is null then 'none was granted'
                    else f.granted_on || case when f.valid_to = 'infinity' then ' onwards' else ' to ' || f.valid_to end end;
    when 'facility_exceeded' then
      select guarantee_api.money(coalesce(sum(x.amount), 0) + made.exposure, c.minor_digits) into asked
        from guarantee.exposure x
       where x.office = d.office and x.guarantor = e.guarantor and x.consignor = '' and x.currency = d.currency;
      there := guarantee_api.money(f.amount, c.minor_digits);
    when 'consignor_limit_exceeded' then
      select guarantee_api.money(coalesce(sum(x.amount), 0) + made.exposure, c.minor_digits) into asked
        from guarantee.exposure x
       where x.office = d.office and x.guarantor = e.guarantor and x.consignor = d.consignor and x.currency = d.currency;
      there := guarantee_api.money(f.consignor_limit, c.minor_digits);
    when 'security_short' then
      asked := guarantee_api.money(guarantee_api.security_due(d.procedure, goods.value, units.unit), c.minor_digits);
      there := guarantee_api.money(has.security, c.minor_digits);
    when 'undertaking_expired' then asked := e."on"; there := p.expires_on;
    when 'cover_short' then
      select guarantee_api.money(goods.released + coalesce(sum(l.value) filter (where l.state = 'held'), 0), c.minor_digits),
             guarantee_api.money(goods.released + coalesce(sum(l.value) filter (where l.state = 'held'), 0)
               - has.cover - coalesce(made.cover, 0), c.minor_digits)
        into asked, lacking
        from guarantee.lot l where l.dispute = d.dispute and l.lot = e.lot;
      there := guarantee_api.money(has.cover + coalesce(made.cover, 0), c.minor_digits);
    when 'outcome_forbids' then there := d.outcome;
    when 'award_exceeded' then
      asked := guarantee_api.money(stand.drawn + units.amount, c.minor_digits);
      there := guarantee_api.money(coalesce(d.award, 0), c.minor_digits);
    when 'award_unmet' then
      asked := guarantee_api.money(d.award - stand.drawn, c.minor_digits);
      there := guarantee_api.money(has.cover + coalesce(made.cover, 0), c.minor_digits);
    when 'recourse_exceeded' then
      asked := guarantee_api.money(coalesce(p.claimed, 0)::numeric + units.amount, c.minor_digits);
      there := guarantee_api.money(coalesce(p.paid, 0), c.minor_digits);
    when 'lot_open' then
      open_lot := guarantee_api.open_lot_of(d.dispute);
      asked := open_lot.state; there := open_lot.lot;
    when 'not_settled' then
      unsettled := guarantee_api.unsettled_account_of(d.office, d.dispute);
      asked := unsettled.role; there := guarantee_api.money(unsettled.balance, c.minor_digits);
    when 'insufficient_funds' then
      select guarantee_api.account_name(coalesce(d.office, past.office, e.office), x.role, x.dispute, x.guarantor, x.currency),
             guarantee_api.money(-x.delta, c.minor_digits), guarantee_api.money(coalesce(a.balance, 0), c.minor_digits)
        into account, asked, there
        from unnest(made.lines) x
        left join guarantee.account a on a.account_id = x.account_id
       where coalesce(a.balance, 0) + x.delta < 0
       order by x.line limit 1;
    else null;
  end case;
  return jsonb_strip_nulls(jsonb_build_object(
    'asked', asked, 'there', there, 'short', lacking, 'account', account, 'field', field, 'office', coalesce(d.office, past.office, e.office),
    'dispute', d.dispute, 'recordal', r.recordal));
end
$$;
comment on function guarantee_api.explain_refusal(text, guarantee_api.proposal, text[], date) is
  'The values behind a refusal: what was asked for and what is there';
