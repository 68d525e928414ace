create function guarantee_past.today() returns date
language plpgsql stable as $$
begin
  return (
    select case
             when isfinite(guarantee_past.as_of()) then guarantee_past.as_of()
             when isfinite(guarantee_past.known_at()) then (guarantee_past.known_at() at time zone s.time_zone)::date
             else guarantee_api.today()
           end
      from guarantee.setting s);
end
$$;
comment on function guarantee_past.today() is
  'The day that a reading takes for today: the one whose books it shows, else that of the moment it knows of, else today';
