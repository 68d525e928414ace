create function guarantee_api.any_unknown_party(party_fields text[], party_kinds text[], fields jsonb) returns boolean
language plpgsql stable as $$
begin
  for i in 1 .. cardinality(party_fields) loop
    if fields ? party_fields[i]
       and not exists (select from guarantee.party p where p.party = fields ->> party_fields[i] and p.kind = party_kinds[i]) then
      return true;
    end if;
  end loop;
  return false;
end
$$;
comment on function guarantee_api.any_unknown_party(text[], text[], jsonb) is 'A party that an event names isn''t there, or isn''t of the kind that the event needs';
