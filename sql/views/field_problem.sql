create function guarantee_api.field_problem(event text, field text, value text, given jsonb) returns text
language sql stable as $$
  select guarantee_api.fill_message(p.code, field_problem.given, p.detail)
    from guarantee.event_field f
   cross join lateral (
      select 'bad_value' as code,
             jsonb_build_object('field', f.field, 'asked', left(field_problem.value, 80), 'there', guarantee_api.describe_field(f)) as detail
       where not guarantee_api.admits(f, to_jsonb(field_problem.value))
      union all
      -- What the ledger would say in the end of a code that is not there, or is there already.
      select case when f.adds_to is not null then 'duplicate'
                  when n.kind = 'event' then 'not_reversible'
                  when n.kind in ('office', 'recordal', 'dispute', 'lot') then 'unknown_' || n.kind
                  else 'unknown_party' end,
             jsonb_build_object(
               'asked', case when f.adds_to is null then '' else initcap(f.adds_to) || ' ' end || left(field_problem.value, 80),
               'there', case n.kind when 'event' then 'there is no such event' else replace(n.kind, '_', ' ') end)
        from (select coalesce(f.refers_to, f.adds_to) as kind) n
       where n.kind is not null
         and exists (select from guarantee_api.codes_of(n.kind, field_problem.value, field_problem.given ->> 'dispute') c (code)
                      where c.code = field_problem.value) = (f.adds_to is not null)
       limit 1
   ) p
   where f.event = field_problem.event and f.field = field_problem.field
   order by p.code <> 'bad_value'
   limit 1
$$;
comment on function guarantee_api.field_problem(text, text, text, jsonb) is
  'What recording would say of a value that a field can''t have, given the event''s other fields, for whoever is about to write it; null when it can';
