create function guarantee_api.visible_offices() returns text[]
language plpgsql stable parallel restricted as $$
declare
  offices text[];
begin
  if guarantee_api.is_administrator() then
    return null;
  end if;
  offices := array(select distinct m.office from guarantee.membership m where m.login = session_user and m.taken_at is null);
  return case when '' = any(offices) then null when offices <> '{}' then offices || ''::text else offices end;
end
$$;
comment on function guarantee_api.visible_offices() is
  'The offices that the session''s login may read, the register''s empty one among them if there is any; null for all';
