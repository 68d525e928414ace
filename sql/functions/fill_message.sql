create function guarantee_api.fill_message(code text, fields jsonb, detail jsonb) returns text
language plpgsql stable as $$
declare
  sentence text;
  blank text;
begin
  select g.message into sentence from guarantee.guard g where g.code = fill_message.code;
  for blank in select distinct m[1] from regexp_matches(sentence, '\{([a-z_]+)\}', 'g') m loop
    sentence := replace(sentence, '{' || blank || '}', coalesce(detail ->> blank, fields ->> blank, '(none)'));
  end loop;
  return sentence;
end
$$;
comment on function guarantee_api.fill_message(text, jsonb, jsonb) is 'The sentence of refusals.csv with its blanks filled';
