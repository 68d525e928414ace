create function guarantee_api.approvals_needed(event text, office text, currency text, amount bigint) returns integer
language plpgsql stable as $$
declare
  whole numeric := (select guarantee_api.money(amount, c.minor_digits) from guarantee.currency c where c.currency = approvals_needed.currency);
  nearest record;
begin
  -- What is said of the event goes before what is said of the office, and that before what is said of all.
  select r.event, r.office, r.currency into nearest
    from guarantee.approval_limit r
   where r.event in (approvals_needed.event, '') and r.office in (approvals_needed.office, '') and r.currency in (coalesce(approvals_needed.currency, ''), '')
   order by r.event = '', r.office = '', r.currency = ''
   limit 1;
  return coalesce(
    (select r.approvals from guarantee.approval_limit r
      where (r.event, r.office, r.currency) = (nearest.event, nearest.office, nearest.currency) and (r.up_to is null or whole <= r.up_to)
      order by r.up_to nulls last limit 1),
    (select greatest(1, max(r.approvals)) from guarantee.approval_limit r
      where (r.event, r.office, r.currency) = (nearest.event, nearest.office, nearest.currency)),
    1);
end
$$;
comment on function guarantee_api.approvals_needed(text, text, text, bigint) is
  'How many others have to approve an event by approvals.csv: one, unless a row says otherwise. Above the amounts of all its rows as many as the strictest of them asks for, and one at least';
