create function guarantee_api.bank_words(purpose text) returns text[]
language sql immutable parallel safe as $$
  -- Blanks may have come into a reference: up to four words in a row are taken for one as well.
  select coalesce(array_agg(distinct j.mark), '{}')
    from (
      select m.found[1] as first, lead(m.found[1]) over w as second, lead(m.found[1], 2) over w as third, lead(m.found[1], 3) over w as fourth
        from regexp_matches(left(normalize(purpose, nfkc), 2000), '[A-Za-z0-9][A-Za-z0-9._/#-]*', 'g') with ordinality m (found, number)
      window w as (order by m.number)
    ) x
    cross join lateral (
      select guarantee_api.bank_mark(t.text) as mark
        from (values (x.first), (x.first || x.second), (x.first || x.second || x.third), (x.first || x.second || x.third || x.fourth)) t (text)
    ) j
   where length(j.mark) between 4 and 64 and j.mark ~ '[0-9]'
$$;
comment on function guarantee_api.bank_words(text) is 'What in a sentence may be a reference: what has a digit, written in one or in a few words';
