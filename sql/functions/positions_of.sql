create function guarantee_api.positions_of(dispute text) returns setof guarantee_api.position_facts
language sql stable as $$
  select coalesce(sum(p.drawn), 0), coalesce(bool_or(p.requested), false)
    from guarantee.guarantor_position p
   where p.dispute = positions_of.dispute
$$;
comment on function guarantee_api.positions_of(text) is 'What was drawn and called for a dispute in all, and whether the consignor asked for release against anybody''s counter-guarantee';
