create function guarantee_api.disputes_among(guarantor text default null, stage text default null) returns setof guarantee.dispute
language sql stable as $$
  (select x.* from guarantee.dispute x
    where disputes_among.guarantor is null and guarantee_api.is_final(disputes_among.stage) and x.stage = disputes_among.stage
    order by x.dispute)
  union all
  -- A guarantor's are found by its positions, which are in the order of disputes too.
  (select x.* from guarantee.guarantor_position p
     join guarantee.dispute x on x.dispute = p.dispute
    where p.guarantor = disputes_among.guarantor
      and (disputes_among.stage is null or guarantee_api.is_final(disputes_among.stage))
      and (disputes_among.stage is null or x.stage = disputes_among.stage)
    order by x.dispute)
  union all
  -- At a stage that isn't the last are active disputes only, which are few among all.
  (select x.* from guarantee.dispute x
    where not guarantee_api.is_final(disputes_among.stage) and x.stage = disputes_among.stage and x.active
      and (disputes_among.guarantor is null or exists (
        select from guarantee.guarantor_position p where p.dispute = x.dispute and p.guarantor = disputes_among.guarantor))
    order by x.dispute)
$$;
comment on function guarantee_api.disputes_among(text, text) is
  'The disputes that a guarantor has a position in, that are at a stage, or both';
