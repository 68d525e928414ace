create function guarantee_api.bank_tokens("references" jsonb, purpose text) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct t.token), '{}')
    from (
      select guarantee_api.bank_token(r.value)
        from jsonb_array_elements_text(case when jsonb_typeof("references") = 'array' then "references" else '[]' end) r
       union all
      -- In a sentence only what looks like a number of something is taken for a reference.
      select guarantee_api.bank_token(m.found[1])
        from regexp_matches(purpose, '[A-Za-z0-9][A-Za-z0-9._/-]{3,}', 'g') m (found)
       where m.found[1] ~ '[0-9]'
    ) t (token)
   where t.token is not null and t.token not in ('NOTPROVIDED', 'NONREF')
$$;
comment on function guarantee_api.bank_tokens(jsonb, text) is
  'All that may be the payment''s reference: the fields that banks keep for one, and what looks like one in the text';
