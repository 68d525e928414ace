-- The second look at what is appended takes events as they come: a batch seldom has two that are alike, so that telling them
-- apart took longer than looking each up.
create or replace function guarantee.check_events() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select * into wrong
    from (
      select i.office, i.sequence, i.event, i.stage_from, i.lot_from,
             case when not exists (select from guarantee.book x where x.office = i.office and x.sequence >= i.sequence) then 'event_of_book'
                  when i.stage_to is not null and not exists (
                    select from guarantee.dispute_transition x
                     where x.event = i.event and x.from_stage = i.stage_from and x.to_stage = i.stage_to) then 'event_dispute_transition'
                  when i.lot_to is not null and not exists (
                    select from guarantee.lot_transition x
                     where x.event = i.event and x.from_state = i.lot_from and x.to_state = i.lot_to) then 'event_lot_transition'
                  else (select case when t.of_dispute and i.stage_to is null or t.of_lot and i.lot_to is null then 'event_has_transition' else '' end
                          from guarantee.event_type t where t.event = i.event)
             end as rule
        from inserted i
      offset 0
    ) i
   where i.rule is distinct from ''
   limit 1;
  if found then
    raise exception 'event % (%) of office % has no such book, type or transition (from "%", lot from "%")',
      wrong.sequence, wrong.event, wrong.office, wrong.stage_from, wrong.lot_from
      using errcode = 'GL003', table = 'event', constraint = coalesce(wrong.rule, 'event_of_type'), hint = 'Record events by guarantee_api.record().';
  end if;
  return null;
end
$$;
