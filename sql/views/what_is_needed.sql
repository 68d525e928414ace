create function guarantee_api.what_is_needed(event text, given jsonb) returns table (line text)
language sql stable as $$
  select case n.what
           when 'security' then 'security due ' || m.due || ', held ' || m.there
           when 'cover' then 'goods held or out ' || m.due || ', cover ' || m.there
           when 'award' then 'award ' || m.due || ', drawn ' || m.there
           else 'at most ' || m.due end
    from guarantee_api.amounts_needed(event, given) n
   cross join lateral (
      select guarantee_api.money(n.due, n.minor_digits)::text as due, guarantee_api.money(n.there, n.minor_digits)::text as there
   ) m
   order by n.rank
$$;
comment on function guarantee_api.what_is_needed(text, jsonb) is
  'What an event''s amount is measured by, for whoever is about to write it: what is due and what there is';
