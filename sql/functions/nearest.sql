create function guarantee_api.nearest(word text, candidates text[]) returns text
language sql immutable as $$
  select c.candidate
    from unnest(candidates) c (candidate)
    cross join lateral (
      select count(*) filter (where strpos(' ' || c.candidate || ' ', substr(' ' || left(word, 80) || ' ', i, 2)) > 0) as shared
        from generate_series(1, length(left(word, 80)) + 1) i
    ) pairs
   order by pairs.shared * 2 - length(c.candidate) desc, c.candidate
   limit 1
$$;
comment on function guarantee_api.nearest(text, text[]) is 'The candidate that shares the most pairs of neighbouring letters with a word, for what was probably meant';
