create function guarantee_api.require_rules_in_use() returns void
language plpgsql as $$
declare
  missing text;
begin
  select coalesce(
    (select concat_ws(' ', 'the event', e.event, 'from ' || e.stage_from, 'to ' || e.stage_to, 'lot from ' || e.lot_from, 'to ' || e.lot_to)
       from (select distinct v.event, v.stage_from, v.stage_to, v.lot_from, v.lot_to from guarantee.event v) e
      where not exists (select from guarantee.event_type t where t.event = e.event)
         or e.stage_to is not null and not exists (
              select from guarantee.dispute_transition t where t.event = e.event and t.from_stage = e.stage_from and t.to_stage = e.stage_to)
         or e.lot_to is not null and not exists (
              select from guarantee.lot_transition t where t.event = e.event and t.from_state = e.lot_from and t.to_state = e.lot_to)
      order by 1 limit 1),
    (select 'the account ' || a.role from guarantee.account a
      where not exists (select from guarantee.account_role r where r.role = a.role)
      order by 1 limit 1)) into missing;
  if missing is not null then
    raise exception 'the rules no longer have %, which was recorded', missing
      using errcode = 'GL004', hint = 'Keep the rows that recorded events rest on.';
  end if;
end
$$;
comment on function guarantee_api.require_rules_in_use() is
  'Refuses rules that leave out an event, a transition or an account that the journal rests on';
