create function guarantee_api.bank_confirm(matches bigint[]) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz;
  wrong record;
begin
  moment := guarantee_api.bank_moment();
  select x.match, m.undone_at into wrong
    from unnest(matches) x (match) left join guarantee.bank_match m on m.match = x.match
   where m.match is null or m.undone_at is not null
   order by x.match limit 1;
  if found then
    raise exception 'there is no match %', wrong.match || case when wrong.undone_at is null then '' else ' any more: it was undone' end
      using errcode = 'GL105', table = 'bank_match', constraint = 'bank_match_there';
  end if;
  update guarantee.bank_match m set confirmed_at = moment, confirmed_by = session_user where m.match = any(matches) and m.confirmed_at is null;
end
$$;
comment on function guarantee_api.bank_confirm(bigint[]) is 'A person says that these matches are right';
revoke execute on function guarantee_api.bank_confirm(bigint[]) from public;
