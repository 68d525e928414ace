create function guarantee_api.field_pattern(type text, choices text[]) returns text
language sql immutable parallel safe as $$
  select case type
    -- Nothing that can't be seen: two codes that look alike are to be one.
    when 'code' then '^[^\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164'
      || '\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]+$'
    when 'text' then '^[^\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]+$'
    when 'amount' then '^[0-9]+([.][0-9]+)?$'
    when 'award' then '^[0-9]+([.][0-9]+)?$'
    when 'date' then '^(?!0000)([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)'
      || '|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$'
    when 'instruments' then '^(' || array_to_string(choices, '|') || ')( (' || array_to_string(choices, '|') || '))*$'
    else '^(' || array_to_string(choices, '|') || ')$'
  end
$$;
comment on function guarantee_api.field_pattern(text, text[]) is
  'The regular expression of a field''s admissible values: exact dates (leap years included, no year 0), plain ASCII digits, printable codes. Without bounded repeats, which cost PostgreSQL fifty times as much: max_length is looked at apart';
