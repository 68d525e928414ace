create function guarantee_api.same_content(recorded guarantee.event, event text, "on" date, fields jsonb) returns boolean
language plpgsql stable as $$
begin
  return recorded.event = same_content.event and recorded."on" = same_content."on"
     and guarantee_api.canonical(same_content.event, recorded.fields)
       = guarantee_api.canonical(same_content.event, same_content.fields - '{key,on,event}'::text[]);
end
$$;
comment on function guarantee_api.same_content(guarantee.event, text, date, jsonb) is 'A key that comes again says the same as before';
