create function guarantee_api.fill_message(code text, fields jsonb, detail jsonb) returns text
language plpgsql stable as $$
declare
  sentence text;
  blank text;
begin
  select g.message into sentence from guarantee.guard g where g.code = fill_message.code;
  for blank in select distinct m[1] from regexp_matches(sentence, '\{([a-z_]+)\}', 'g') m loop
    -- What was refused may be anything: nothing of it that a terminal would run stands in a sentence.
    sentence := replace(sentence, '{' || blank || '}', regexp_replace(
      coalesce(detail ->> blank, fields ->> blank, '(none)'),
      '[\u0001-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]', '?', 'g'));
  end loop;
  return sentence;
end
$$;
comment on function guarantee_api.fill_message(text, jsonb, jsonb) is 'The sentence of refusals.csv with its blanks filled';
