create function guarantee_api.as_of() returns date
language sql immutable parallel safe as $$ select 'infinity'::date $$;
comment on function guarantee_api.as_of() is 'The day whose books a reading shows: none, for all there is. Readings of the past have another';
