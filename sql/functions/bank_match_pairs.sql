create function guarantee_api.bank_match_pairs(rule text, days integer) returns bigint
language plpgsql as $$
declare
  surely boolean;
  made bigint;
  total bigint := 0;
begin
  foreach surely in array array[true, false] loop
    loop
      with candidate as materialized (
        select c.*,
               row_number() over (partition by c.line order by c.doubt nulls first, c.distance, c.key) as rank_of_key,
               row_number() over (partition by c.key order by c.doubt nulls first, c.distance, c.line) as rank_of_line,
               min(c.owner) over (partition by c.line) <> max(c.owner) over (partition by c.line) as has_rivals
          from guarantee_api.bank_candidates(rule, days) c
         where case when surely then c.doubt is null else not c.proposed end
      ), best as materialized (
        -- Each is the other's best. Entries of one owner and one amount may stand for each other; those of several may not.
        select c.*, coalesce(c.doubt, case when c.has_rivals then 'entries of several disputes or guarantors fit' end) as why_not
          from candidate c
         where c.rank_of_key = 1 and c.rank_of_line = 1 and (not surely or not c.has_rivals)
      )
      select count(guarantee_api.bank_keep_match(
               array[b.line], array[b.key], case when b.doubt = 'wrong payer' then 'wrong payer' else rule end,
               b.evidence || ', same amount, ' || b.distance || case when b.distance = 1 then ' day' else ' days' end || ' apart'
                 || coalesce('; ' || b.why_not, ''), surely))
        into made
        from (select * from best order by line) b;
      exit when made = 0;
      total := total + made;
    end loop;
  end loop;
  return total;
end
$$;
comment on function guarantee_api.bank_match_pairs(text, integer) is
  'Matches lines with entries of the same amount, one to one, by one rule: for sure when nothing speaks against it and nobody else''s entry fits, else as a proposal';
