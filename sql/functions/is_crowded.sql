create function guarantee_api.is_crowded(ruling guarantee_api.ruling) returns boolean
language plpgsql stable as $$
begin
  return exists (select from unnest(ruling.outcomes) o where o.result in ('insufficient_funds', 'facility_exceeded', 'consignor_limit_exceeded'))
    or exists (select from unnest(ruling.accepted) v where 'shared' = any(v.steps)) and (
      exists (select from unnest(ruling.accepted) v cross join unnest(v.lines) l
               where l.delta < 0 group by l.account_id having -sum(l.delta) > min(l.balance))
      or exists (select from unnest(ruling.accepted) v
                  where v.exposure > 0 group by v.office, v.guarantor, v.currency having sum(v.exposure) > min(v.room))
      or exists (select from unnest(ruling.accepted) v
                  where v.exposure > 0 group by v.office, v.guarantor, v.currency, v.consignor having sum(v.exposure) > min(v.consignor_room)));
end
$$;
comment on function guarantee_api.is_crowded(guarantee_api.ruling) is
  'Whether it may matter in which order a round''s events take from the accounts and limits that they share: one of them was refused for want of it, or together they take more than there is';
