create function guarantee_api.posts_of(role text) returns text[]
language plpgsql stable as $$
begin
  if not exists (select from guarantee.membership) then
    return null;
  end if;
  return array(select m.office from guarantee.membership m
                where m.login = session_user and m.role = posts_of.role and m.taken_at is null);
end
$$;
comment on function guarantee_api.posts_of(text) is
  'The offices at which the session''s login has a role, the empty one for all; null while the ledger has never had a member, and so is its owner''s alone';
