create function guarantee_api.field_problem(event text, field text, value text) returns text
language sql stable as $$
  select guarantee_api.fill_message('bad_value', '{}', jsonb_build_object(
           'field', f.field, 'asked', left(field_problem.value, 80), 'there', guarantee_api.describe_field(f)))
    from guarantee.event_field f
   where f.event = field_problem.event and f.field = field_problem.field and not guarantee_api.admits(f, to_jsonb(field_problem.value))
$$;
comment on function guarantee_api.field_problem(text, text, text) is
  'What recording would say of a value that a field can''t hold, for whoever is about to write it; null when it can';
