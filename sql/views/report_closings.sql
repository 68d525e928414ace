create function guarantee_api.report_closings(office text default null)
returns table (office text, through date, sequence bigint, key text, closed_at timestamptz, closed_by text, accounts bigint,
               disputes jsonb, lots jsonb, balances text, previous text, hash text, seal bigint)
language sql stable as $$
  select c.office, c.through, c.sequence, e.key, e.recorded_at, e.recorded_by, c.account_count, c.disputes, c.lots,
         encode(c.balances, 'hex'), encode(c.previous, 'hex'), encode(c.hash, 'hex'),
         (select min(s.number) from guarantee.seal s where (s.heads -> c.office ->> 'sequence')::bigint >= c.sequence)
    from guarantee.closing c
    join guarantee.event e on e.office = c.office and e.sequence = c.sequence
   where report_closings.office is null or c.office = report_closings.office
   order by c.office, c.through
$$;
comment on function guarantee_api.report_closings(text) is
  'The closings of each office, with the number of the first seal that covers each; none: not sealed yet';
