create function guarantee_api.export_disputes()
returns table (dispute text, office text, procedure text, recordal text, right_holder text, consignor text, currency text,
               stage text, stage_since text, outcome text, award numeric, decided_on text, under_order text)
language sql stable as $$
  select d.dispute, d.office, d.procedure, d.recordal, d.right_holder, d.consignor, d.currency,
         d.stage, to_char(d.stage_since, 'YYYY-MM-DD'), nullif(d.outcome, ''), guarantee_api.money(d.award, c.minor_digits),
         to_char(d.decided_on, 'YYYY-MM-DD'), d.under_order::text
    from guarantee.dispute d
    join guarantee.currency c on c.currency = d.currency
   order by d.dispute
$$;
comment on function guarantee_api.export_disputes() is 'The disputes for the audit pack, as their events have left them';
