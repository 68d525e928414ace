create function guarantee_api.may_decide(p guarantee.pending, key text, posts text[], taking_back boolean) returns text
language plpgsql stable as $$
declare
  is_everywhere boolean := '' = any(posts);
begin
  return case
    when posts is null then 'not_pending'
    when p.proposed_by = session_user and taking_back then null
    when posts = '{}' then 'not_permitted'
    when p.key is null then case when exists (
        select from guarantee.event x where not taking_back and x.key = may_decide.key and (is_everywhere or x.office = any(posts))) then 'replayed'
      when is_everywhere or exists (select from guarantee.pending x where x.key = may_decide.key and x.office = any(posts)) then 'not_pending' else 'not_permitted' end
    when not is_everywhere and p.office <> all(posts) then 'not_permitted'
    when p.proposed_by = session_user then 'same_person'
  end;
end
$$;
comment on function guarantee_api.may_decide(guarantee.pending, text, text[], boolean) is
  'Why the session''s login can''t decide what waits, or null when it can. What waits at another office is answered as what doesn''t wait';
