create function guarantee_api.facility_of(office text, guarantor text, consignor text, currency text) returns guarantee_api.facility_facts
language plpgsql stable as $$
declare
  f guarantee_api.facility_facts;
begin
  select x.guarantor, x.currency, x.granted_on, x.valid_to,
         x.amount - coalesce((
           select e.amount from guarantee.exposure e
            where e.office = x.office and e.guarantor = x.guarantor and e.consignor = '' and e.currency = facility_of.currency), 0),
         x.consignor_limit - coalesce((
           select e.amount from guarantee.exposure e
            where e.office = x.office and e.guarantor = x.guarantor and e.consignor = facility_of.consignor and e.currency = facility_of.currency), 0)
    into f
    from guarantee.facility x
   where x.office = facility_of.office and x.guarantor = facility_of.guarantor;
  return f;
end
$$;
comment on function guarantee_api.facility_of(text, text, text, text) is
  'What a guarantor''s facility at an office says, and how much more it may stand for, in all and for a consignor';
