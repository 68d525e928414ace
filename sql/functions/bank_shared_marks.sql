create function guarantee_api.bank_shared_marks(lines guarantee_api.bank_open_line[], entries guarantee_api.bank_open_entry[])
returns table (line bigint, key text, mark text)
language sql stable as $$
  with marked_line as materialized (
    select l.*, count(*) over (partition by l.office, l.currency, l.mark) as crowd from guarantee_api.bank_marked_lines('any', lines) l
  ), marked_entry as materialized (
    select e.*, count(*) over (partition by e.office, e.currency, e.mark) as crowd from guarantee_api.bank_marked_entries('any', entries) e
  )
  select l.line, e.key, l.mark
    from marked_line l
    join marked_entry e on e.office = l.office and e.currency = l.currency and e.mark = l.mark and sign(e.amount) = sign(l.amount)
   where l.crowd <= 50 and e.crowd <= 50
$$;
comment on function guarantee_api.bank_shared_marks(guarantee_api.bank_open_line[], guarantee_api.bank_open_entry[]) is
  'The references that lines and entries of one side have in common, whatever their amounts; what more than fifty share is none';
