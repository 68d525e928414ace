create function guarantee_api.bank_unmatch(matches bigint[]) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz;
  wrong record;
begin
  moment := guarantee_api.bank_moment();
  select x.match into wrong from unnest(matches) x (match) left join guarantee.bank_match m on m.match = x.match where m.match is null order by x.match limit 1;
  if found then
    raise exception 'there is no match %', wrong.match using errcode = 'GL105', table = 'bank_match', constraint = 'bank_match_there';
  end if;
  update guarantee.bank_match m set undone_at = moment, undone_by = session_user where m.match = any(matches) and m.undone_at is null;
  update guarantee.bank_match_part p set live = false where p.match = any(matches) and p.live;
end
$$;
comment on function guarantee_api.bank_unmatch(bigint[]) is 'A person takes matches apart; no rule puts the same together again';
revoke execute on function guarantee_api.bank_unmatch(bigint[]) from public;
