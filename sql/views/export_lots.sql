create function guarantee_api.export_lots()
returns table (dispute text, lot text, state text, currency text, value numeric)
language sql stable as $$
  select l.dispute, l.lot, l.state, d.currency, guarantee_api.money(l.value, c.minor_digits)
    from guarantee.lot l
    join guarantee.dispute d on d.dispute = l.dispute
    join guarantee.currency c on c.currency = d.currency
   order by l.dispute, l.lot
$$;
comment on function guarantee_api.export_lots() is 'The goods for the audit pack, as their events have left them';
