create function guarantee_api.approve(keys jsonb)
returns table ("position" integer, key text, result text, message text, detail jsonb, office text, sequence bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  outcomes guarantee_api.outcome[];
begin
  if pg_current_xact_id_if_assigned() is not null then
    outcomes := guarantee_api.decide(keys, null);
  else
    for attempt in 1 .. 3 loop
      begin
        outcomes := guarantee_api.decide(keys, null);
        exit;
      exception
        when unique_violation then
          -- Another office recorded the same key or dispute meanwhile: judged again, that is seen.
          if attempt = 3 then
            raise;
          end if;
      end;
    end loop;
  end if;
  outcomes := guarantee_api.vouch_for(outcomes);
  return query select * from guarantee_api.results_of(outcomes);
end
$$;
comment on function guarantee_api.approve(jsonb) is
  'Approves events that wait, by their keys, and gives each its result as guarantee_api.record() does. Each is judged again, and recorded once as many have approved it as are needed; one that is refused goes on waiting';
revoke execute on function guarantee_api.approve(jsonb) from public;
