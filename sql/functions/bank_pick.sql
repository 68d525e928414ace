create function guarantee_api.bank_pick(candidates guarantee_api.bank_candidate[], rule text, is_sure boolean)
returns setof guarantee_api.bank_pairing
language plpgsql as $$
declare
  best record;
  line_taken boolean[];
  key_taken boolean[];
begin
  -- Who is nearest comes first. Entries of one owner and one amount may stand for each other; those of several may not.
  for best in
    select c.*, coalesce(c.doubt, case when c.has_rivals then 'entries of several disputes or guarantors fit' end) as why_not
      from (select x.*, min(x.owner) over (partition by x.line_rank) <> max(x.owner) over (partition by x.line_rank) as has_rivals
              from unnest(candidates) x
             where case when bank_pick.is_sure then x.doubt is null else not x.proposed end) c
     where not bank_pick.is_sure or not c.has_rivals
     order by c.doubt nulls first, c.distance, c.line, c.key
  loop
    continue when coalesce(line_taken[best.line_rank], false) or coalesce(key_taken[best.key_rank], false);
    line_taken[best.line_rank] := true;
    key_taken[best.key_rank] := true;
    return next (
      array[best.line], array[best.key], case when best.doubt in ('wrong payer', 'wrong payee') then best.doubt else rule end,
      best.evidence || ', same amount, ' || best.distance || case when best.distance = 1 then ' day' else ' days' end || ' apart'
        || coalesce('; ' || best.why_not, ''),
      bank_pick.is_sure)::guarantee_api.bank_pairing;
  end loop;
end
$$;
comment on function guarantee_api.bank_pick(guarantee_api.bank_candidate[], text, boolean) is
  'One entry for each line and one line for each entry, of those that a rule holds together: for sure where nothing speaks against it, else as proposals';
