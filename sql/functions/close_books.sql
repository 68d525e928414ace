create function guarantee_api.close_books(accepted guarantee_api.verdict[]) returns guarantee_api.verdict[]
language plpgsql as $$
begin
  for n in 1 .. cardinality(accepted) loop
    if 'closes_books' = any(accepted[n].steps) then
      accepted[n].fields := accepted[n].fields
        || jsonb_build_object('closing_hash', encode(guarantee_api.make_closing(accepted[n].office, accepted[n]."on"), 'hex'));
    end if;
  end loop;
  return accepted;
end
$$;
comment on function guarantee_api.close_books(guarantee_api.verdict[]) is
  'Makes a closing for each event of a round that closes books, and gives the event its hash, which its own hash then covers. Nothing of the office is in the round besides: such an event waits for all before it, and all after it wait';
