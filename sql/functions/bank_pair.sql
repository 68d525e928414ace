create function guarantee_api.bank_pair(lines bigint[], keys text[]) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz;
  wrong record;
  number bigint;
begin
  moment := guarantee_api.bank_moment();
  lines := array(select distinct x.line from unnest(lines) x (line) order by x.line);
  keys := array(select distinct x.key collate "C" from unnest(keys) x (key) order by 1);
  select x.line, l.line is not null as is_there into wrong
    from unnest(lines) x (line)
    left join guarantee.bank_line l on l.line = x.line
   where l.line is null
      or exists (select from guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match
                  where p.live and p.line = x.line and (m.is_sure or m.confirmed_at is not null))
   order by x.line limit 1;
  if found then
    raise exception '%', case when wrong.is_there then format('line %s is matched already: unmatch it first', wrong.line) else format('there is no line %s', wrong.line) end
      using errcode = 'GL105', table = 'bank_match', constraint = 'bank_match_line';
  end if;
  select x.key, n.key is not null as is_there into wrong
    from unnest(keys) x (key)
    left join lateral (
      select e.key from guarantee_api.bank_custody_entry e where e.key = x.key) n on true
   where n.key is null
      or exists (select from guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match
                  where p.live and p.key = x.key and (m.is_sure or m.confirmed_at is not null))
   order by x.key limit 1;
  if found then
    raise exception '%', case when wrong.is_there then format('the event %s is matched already: unmatch it first', wrong.key)
                              else format('there is no event %s with an entry on a custody account', wrong.key) end
      using errcode = 'GL105', table = 'bank_match', constraint = 'bank_match_key';
  end if;
  if (select count(distinct (x.office, x.currency))
        from (
          select a.office, a.currency
            from guarantee.bank_line l join guarantee.bank_account a on a.account = l.account and a.currency = l.currency where l.line = any(lines)
           union all
          select e.office, e.currency from guarantee_api.bank_custody_entry e where e.key = any(keys)
        ) x) > 1 then
    raise exception 'these are of several offices or currencies' using errcode = 'GL105', table = 'bank_match', constraint = 'bank_match_office';
  end if;
  perform guarantee_api.bank_keep_matches(array[(lines, keys, 'person', 'put together by a person', true)::guarantee_api.bank_pairing], moment);
  number := (select max(m.match) from guarantee.bank_match m);
  update guarantee.bank_match m set confirmed_at = moment, confirmed_by = session_user where m.match = number;
  return number;
end
$$;
comment on function guarantee_api.bank_pair(bigint[], text[]) is 'A person puts lines of the bank and entries of the ledger together, the latter by their events'' keys, and confirms it';
revoke execute on function guarantee_api.bank_pair(bigint[], text[]) from public;
