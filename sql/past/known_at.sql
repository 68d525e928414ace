create function guarantee_past.known_at() returns timestamptz
language sql stable as $$
  select coalesce(nullif(current_setting('guarantee.known_at', true), '')::timestamptz, 'infinity')
$$;
comment on function guarantee_past.known_at() is 'The moment until which events had to be recorded for a reading to know them; infinity when none is set';
