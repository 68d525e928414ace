create function guarantee_api.not_decided("position" integer, key text, p guarantee.pending, code text) returns guarantee_api.outcome
language plpgsql stable as $$
declare
  e guarantee.event;
begin
  if code = 'replayed' then
    select * into e from guarantee.event x where x.key = not_decided.key;
    if e.approved_by is null then
      -- It was recorded by one person alone, and nobody has approved it.
      code := 'not_pending';
    else
      return ("position", key, null, code, null, e.office, e.sequence)::guarantee_api.outcome;
    end if;
  end if;
  return ("position", key, coalesce(p.fields, jsonb_build_object('key', key)), code,
          jsonb_build_object('asked', session_user, 'there', 'approve or refuse ' || key || ', if it waits at all'), null, null)::guarantee_api.outcome;
end
$$;
comment on function guarantee_api.not_decided(integer, text, guarantee.pending, text) is
  'The result for somebody who may not decide, or comes when it is decided already';
