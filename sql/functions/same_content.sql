create function guarantee_api.same_content(recorded guarantee.event, e guarantee_api.proposal) returns boolean
language plpgsql stable as $$
begin
  return recorded.event = e.event and recorded."on" = e."on"
     and guarantee_api.canonical(e.event, recorded.fields) = guarantee_api.canonical(e.event, e.fields - '{key,on,event}'::text[]);
end
$$;
comment on function guarantee_api.same_content(guarantee.event, guarantee_api.proposal) is 'A key that comes again says the same as before';
