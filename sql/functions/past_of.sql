create function guarantee_api.past_of(key text, locked text[]) returns guarantee.event
language plpgsql stable as $$
declare
  past guarantee.event;
begin
  select x.* into past from guarantee.event x where x.key = past_of.key and x.office = any(locked);
  return past;
end
$$;
comment on function guarantee_api.past_of(text, text[]) is 'The recorded event that a reversal names, if it is in a book that is locked';
