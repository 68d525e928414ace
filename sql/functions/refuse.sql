create function guarantee_api.refuse(keys jsonb, reason text)
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  outcomes guarantee_api.outcome[];
begin
  if coalesce(btrim(reason), '') = '' or length(reason) > 4000 then
    raise exception 'a refusal needs its reason, in at most 4000 characters'
      using errcode = 'GL008', table = 'pending', constraint = 'pending_reason', hint = 'Say why.';
  end if;
  outcomes := guarantee_api.vouch_for(guarantee_api.decide(keys, reason));
  return query select * from guarantee_api.results_of(outcomes);
end
$$;
comment on function guarantee_api.refuse(jsonb, text) is
  'Refuses events that wait, by their keys: they are kept among the attempts with the reason, and their keys are free again. Who proposed an event may so take it back';
revoke execute on function guarantee_api.refuse(jsonb, text) from public;
