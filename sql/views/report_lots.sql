create function guarantee_api.report_lots(office text default null, dispute text default null)
returns table (dispute text, lot text, state text, currency text, value numeric)
language sql stable as $$
  select l.dispute, l.lot, l.state, d.currency, guarantee_api.money(l.value, c.minor_digits)
    from guarantee.lot l
    join guarantee.dispute d on d.dispute = l.dispute
    join guarantee.currency c on c.currency = d.currency
   where (report_lots.office is null or d.office = report_lots.office)
     and (report_lots.dispute is null or l.dispute = report_lots.dispute)
   order by l.dispute, l.lot
$$;
comment on function guarantee_api.report_lots(text, text) is 'The goods of each dispute, where they are and what they are worth';
