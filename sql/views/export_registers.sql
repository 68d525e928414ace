create function guarantee_api.export_offices() returns table (office text, zone text, name text, instruments text)
language sql stable as $$
  select o.office, o.zone, nullif(o.name, ''), array_to_string(o.instruments, ' ') from guarantee.office o order by o.office
$$;
comment on function guarantee_api.export_offices() is 'The offices for the audit pack';

create function guarantee_api.export_parties() returns table (party text, kind text, name text)
language sql stable as $$
  select p.party, p.kind, nullif(p.name, '') from guarantee.party p order by p.party
$$;
comment on function guarantee_api.export_parties() is 'The parties for the audit pack';

create function guarantee_api.export_recordals() returns table (recordal text, party text, kind text, valid_from text, valid_to text)
language sql stable as $$
  select r.recordal, r.party, r.kind, to_char(r.valid_from, 'YYYY-MM-DD'), to_char(r.valid_to, 'YYYY-MM-DD')
    from guarantee.recordal r order by r.recordal
$$;
comment on function guarantee_api.export_recordals() is 'The recordals for the audit pack';

create function guarantee_api.export_facilities()
returns table (office text, guarantor text, currency text, amount numeric, consignor_limit numeric, granted_on text, valid_to text)
language sql stable as $$
  select f.office, f.guarantor, f.currency, guarantee_api.money(f.amount, c.minor_digits), guarantee_api.money(f.consignor_limit, c.minor_digits),
         to_char(f.granted_on, 'YYYY-MM-DD'), case when isfinite(f.valid_to) then to_char(f.valid_to, 'YYYY-MM-DD') end
    from guarantee.facility f
    join guarantee.currency c on c.currency = f.currency
   order by f.office, f.guarantor
$$;
comment on function guarantee_api.export_facilities() is 'The facilities for the audit pack: the latest grant to each guarantor at each office, no valid_to: no end';
