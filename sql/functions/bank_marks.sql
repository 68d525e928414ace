create function guarantee_api.bank_marks("references" jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct m.mark), '{}')
    from jsonb_array_elements_text(case when jsonb_typeof("references") = 'array' then "references" else '[]' end) r
    cross join lateral (select guarantee_api.bank_mark(r.value) as mark) m
   -- What is so short names too many things.
   where length(m.mark) >= case when m.mark ~ '^[0-9]+$' then 4 else 3 end and m.mark not in ('NOTPROVIDED', 'NONREF')
$$;
comment on function guarantee_api.bank_marks(jsonb) is 'What may be the payment''s reference, of the elements that banks keep for one';
