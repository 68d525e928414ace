create view guarantee_api.closing_step as
  select e.office, e.sequence, e."on", s.machine, s.state, s.change
    from guarantee.event e
    cross join lateral (values ('dispute', e.stage_to, 1), ('dispute', e.stage_from, -1), ('lot', e.lot_to, 1), ('lot', e.lot_from, -1))
      s (machine, state, change)
   where (e.stage_from <> e.stage_to or e.lot_from <> e.lot_to) and s.state <> '';
comment on view guarantee_api.closing_step is
  'How events change the numbers of disputes at each stage and of lots in each state. A step from a stage or state to itself comes to nothing';
