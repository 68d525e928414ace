create function guarantee_api.of_disputes(own_schema text, kind text, value text) returns text
language plpgsql stable as $$
declare
  few constant integer := 1000;
  among constant text := format('%s.disputes_among(%I => %L) d', own_schema, kind, value);
  disputes text[];
begin
  -- At a final stage are nearly all of them in the end.
  if kind <> 'stage' or not guarantee_api.is_final(value) then
    execute format('select array(select d.dispute from %s limit %s)', among, few + 1) into disputes;
  end if;
  return case when cardinality(disputes) <= few then format('s.dispute collate "C" = any(%L::text[])', disputes)
              else format('exists (select from %s where d.dispute = s.dispute offset 0)', among) end;
end
$$;
comment on function guarantee_api.of_disputes(text, text, text) is
  'The condition that a row is of a dispute that a guarantor has a position in, or that is at a stage. Few disputes are named, so that their rows are looked up; of many, each row is asked, since a page is full soon. A planner left to choose goes by numbers that row security makes too small, and compares each row with each dispute';
