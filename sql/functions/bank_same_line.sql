create function guarantee_api.bank_same_line(told jsonb, series text, reference text) returns boolean
language sql immutable parallel safe as $$
  select case
    -- Another form of the same statement may have references of its own.
    when bank_same_line.series <> told ->> 'series' then true
    when bank_same_line.reference not like '#%' then coalesce(told ->> 'reference' = bank_same_line.reference, true)
    else coalesce(split_part(bank_same_line.reference, ' ', 2) in ('', told ->> 'time'), true) end
$$;
comment on function guarantee_api.bank_same_line(jsonb, text, text) is
  'Whether what names a line of a list, the bank''s reference or else the time of day, allows that it is one that was imported';
