create function guarantee_api.likely_value(event text, field text, given jsonb) returns text
language sql stable as $$
  select case
    when f.type = 'amount' then (
      -- What still lacks, as far as it may be.
      select guarantee_api.money(least(min(n.due - n.there) filter (where n.what <> 'most'), min(n.due) filter (where n.what = 'most')), min(n.minor_digits))::text
        from guarantee_api.amounts_needed(likely_value.event, likely_value.given) n
      having min(n.due - n.there) filter (where n.what <> 'most') > 0)
    -- What an event says is no habit.
    when f.type = 'choice' then null
    else coalesce((
      -- What was written there last: by the same login, in the same event, of what is still to be had.
      select e.fields ->> likely_value.field
        from guarantee.book b
        join guarantee.event e on e.office = b.office and e.sequence > b.sequence - 200
        join guarantee_api.choices(likely_value.event, likely_value.field, likely_value.given) c on c.value = e.fields ->> likely_value.field
       where (likely_value.given ->> 'office' is null or e.office = likely_value.given ->> 'office')
         and (likely_value.given ->> 'dispute' is null or e.dispute = likely_value.given ->> 'dispute')
         and coalesce(e.fields ->> 'guarantor' = likely_value.given ->> 'guarantor', true)
       order by e.recorded_by = session_user desc, e.event = likely_value.event desc, e.recorded_at desc, e.sequence desc
       limit 1),
      -- The first money of a ledger is that of the law.
      case when f.type = 'currency' and not exists (select from guarantee.total) then 'CNY' end) end
    from guarantee.event_field f
   where f.event = likely_value.event and f.field = likely_value.field
$$;
comment on function guarantee_api.likely_value(text, text, jsonb) is
  'What a field of an event about to be written probably is: of an amount what still lacks, of a code the one used last; null where nothing says';
