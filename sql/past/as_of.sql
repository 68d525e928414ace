create function guarantee_past.as_of() returns date
language sql stable as $$
  select coalesce(nullif(current_setting('guarantee.as_of', true), '')::date, 'infinity')
$$;
comment on function guarantee_past.as_of() is 'The day whose books a reading shows, by the events'' dates; infinity when none is set';
