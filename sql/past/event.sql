create view guarantee_past.event as
  select e.*
    from guarantee.event e
   where e.recorded_at <= (select guarantee_past.known_at()) and e."on" <= (select guarantee_past.as_of())
     and e.sequence <= coalesce(((select guarantee_past.pack_opening()) ->> e.office)::bigint, 9223372036854775807);
comment on view guarantee_past.event is 'The journal as far as it was known then, and dated until then; for a pack''s opening, what came before the pack''s events';
