create function guarantee_api.is_crowded(ruling guarantee_api.ruling) returns boolean
language plpgsql stable as $$
begin
  -- One by one, since a query is set up for what it doesn't come to as well.
  if ruling.outcomes is not null then
    if exists (select from unnest(ruling.outcomes) o where o.result in ('insufficient_funds', 'facility_exceeded', 'consignor_limit_exceeded', 'bad_value')) then
      return true;
    end if;
  end if;
  if ruling.to_accounts is not null then
    if exists (select from unnest(ruling.to_accounts) v cross join unnest(v.lines) l
                group by l.account_id
               having -sum(l.delta) filter (where l.delta < 0) > min(l.balance)
                   or sum(l.delta) filter (where l.delta > 0) > 9223372036854775807 - coalesce(max(l.balance), 0)) then
      return true;
    end if;
  end if;
  return ruling.to_exposure is not null and exists (
    select from unnest(ruling.to_exposure) v
     where v.exposure > 0
     group by grouping sets ((v.office, v.guarantor, v.currency), (v.office, v.guarantor, v.currency, v.consignor))
    having sum(v.exposure) > case grouping(v.consignor) when 0 then min(v.consignor_room) else min(v.room) end);
end
$$;
comment on function guarantee_api.is_crowded(guarantee_api.ruling) is
  'Whether it may matter in which order a round''s events take from the accounts and limits that they share: one of them was refused for want of it, or together they take more than there is or bring more than they hold';
