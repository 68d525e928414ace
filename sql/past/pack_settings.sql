create function guarantee_past.pack_first() returns jsonb
language sql stable as $$
  select nullif(current_setting('guarantee.pack_first', true), '')::jsonb
$$;
comment on function guarantee_past.pack_first() is
  'For each office whose events an audit pack shows, the number from which it shows them; null outside of choose_pack()';

create function guarantee_past.pack_dispute() returns text
language sql stable as $$
  select nullif(current_setting('guarantee.pack_dispute', true), '')
$$;
comment on function guarantee_past.pack_dispute() is 'The dispute that an audit pack is about; null for one that is about more';

create function guarantee_past.pack_opening() returns jsonb
language sql stable as $$
  select nullif(current_setting('guarantee.pack_opening', true), '')::jsonb
$$;
comment on function guarantee_past.pack_opening() is
  'For each office the number of the last event before those that an audit pack shows, while its opening state is read; else null';
