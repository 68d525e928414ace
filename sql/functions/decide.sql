create function guarantee_api.decide(keys jsonb, reason text) returns guarantee_api.outcome[]
language plpgsql as $$
declare
  posts text[] := guarantee_api.posts_of('approver');
  named text[] := array(select k.key from jsonb_array_elements_text(keys) with ordinality k (key, n) order by k.n);
  waiting guarantee_api.proposal[];
  locked text[];
  outcomes guarantee_api.outcome[] := '{}';
  code text;
  p guarantee.pending;
begin
  waiting := guarantee_api.read_events(coalesce(
    (select jsonb_agg(x.fields) from guarantee.pending x where x.key = any(named) and x.decision is null
        and ('' = any(posts) or x.office = any(posts) or x.proposed_by = session_user)), '[]'));
  locked := guarantee_api.lock_books(waiting, (select array_agg(x.office) || posts from guarantee.pending x where x.key = any(named)
                                                  and x.decision is null and x.proposed_by = session_user));
  for n in 1 .. cardinality(named) loop
    -- Locked, so that of two who decide at once the later sees what the other did.
    select * into p from guarantee.pending x where x.key = named[n] and x.decision is null for update;
    code := guarantee_api.may_decide(p, named[n], posts, taking_back => reason is not null);
    if code is not null then
      outcomes := outcomes || guarantee_api.not_decided(n, named[n], p, code);
    elsif reason is not null then
      outcomes := outcomes || guarantee_api.refuse_pending(n, p, reason);
    else
      outcomes := outcomes || guarantee_api.approve_pending(n, p, locked);
    end if;
  end loop;
  return outcomes;
end
$$;
comment on function guarantee_api.decide(jsonb, text) is
  'Decides what waits, key by key in the order given, with the books of the offices concerned locked: approves it, or refuses it when there is a reason to';
