create function guarantee_api.load_steps() returns void
language plpgsql set search_path = guarantee, pg_temp as $$
begin
  update event_type t set
    steps = array(
    select unnest(t.effects) union all
    select 'approval' where t.needs_approval union all
    select step from (values
      ('entries', t.subject = 'event' or exists (select from posting p where p.event = t.event)),
      ('shared', exists (
         select from posting p join account_role r using (role)
          where p.event = t.event and (not r.of_dispute and not r.backed and p.side <> r.normal_side
             or r.measures && '{held,frozen,undertaken,called}' and p.side = r.normal_side))),
      ('exposure', t.subject = 'event' or exists (
         select from posting p join account_role r using (role)
          where p.event = t.event and r.measures && '{held,frozen,undertaken,called}')),
      ('position', t.subject = 'event' or t.effects && '{requests_release,dates_undertaking,draws,undraws,pays,claims}'),
      ('register', t.adds_to in ('office', 'party', 'recordal') or t.effects && '{closes_books,sets_working_day,grants_facility}'),
      ('dispute', t.effects && '{awards,orders_assistance,lifts_assistance}'
         or exists (select from dispute_transition d where d.event = t.event and d.from_stage <> d.to_stage)
         or exists (select from deadline_expiry x where x.unless_event = t.event)),
      ('ends', exists (select from dispute_transition d where d.event = t.event and d.from_stage <> d.to_stage and guarantee_api.is_final(d.to_stage))),
      ('lot', t.of_lot and exists (select from lot_transition l where l.event = t.event)),
      ('prevents_expiry', exists (select from deadline_expiry x where x.unless_event = t.event)),
      ('starts', exists (select from deadline_rule d where d.starts = t.event)),
      ('meets', exists (select from deadline_rule d where t.event = any(d.stops)))
    ) s (step, needed) where needed),
  reads = array(
    select source from (values
      ('accounts', t.guards && '{security_short,cover_short,award_unmet,no_undertaking}'),
      ('goods', t.guards && '{security_short,cover_short,lot_open}'),
      ('office', t.guards && '{instrument_not_accepted}'),
      ('recordal', t.guards && '{not_a_patent}'),
      ('facility', t.guards && '{no_facility,facility_exceeded,consignor_limit_exceeded}'),
      ('positions', t.guards && '{award_exceeded,award_unmet,release_not_requested}'),
      ('expiry', exists (select from deadline_expiry x where x.event = t.event)),
      ('deadlines', t.guards && '{deadline_passed,deadline_not_passed}' or exists (select from deadline_expiry x where x.event = t.event))
    ) s (source, needed) where needed);
end
$$;
comment on function guarantee_api.load_steps() is 'What each event may write besides itself and what its guards look up, so that judge() and apply() skip the rest';
