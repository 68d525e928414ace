create function guarantee_api.most_of(event text, instrument text, office text, dispute text, guarantor text, currency text, "on" date) returns bigint
language sql stable as $$
  select min(coalesce(l.balance, 0))
    from guarantee_api.entry_of(most_of.event, most_of.instrument, most_of.office, most_of.dispute, most_of.guarantor, most_of.currency, 1, most_of."on") e
   cross join unnest(e.lines) l
   where l.delta < 0
$$;
comment on function guarantee_api.most_of(text, text, text, text, text, text, date) is
  'The most that an event could move, by what the accounts hold that it takes from; null when it takes from none';
