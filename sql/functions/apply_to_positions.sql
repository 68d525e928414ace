create function guarantee_api.apply_to_positions(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.guarantor_position as p (dispute, guarantor, requested, expires_on, expiry_given_on, drawn, paid, claimed, active)
  select v.dispute, v.guarantor, 'requests_release' = any(v.steps), given.expires_on, case when given.expires_on is not null then v."on" end,
         coalesce(v.drawn, 0), coalesce(v.paid, 0), coalesce(v.claimed, 0),
         given.expires_on is not null and (select x.active from guarantee.dispute x where x.dispute = v.dispute)
    from unnest(verdicts) v
    cross join lateral (
      select case when 'dates_undertaking' = any(v.steps) and coalesce(v.fields ->> 'instrument', '') <> 'cash'
                  then (v.fields ->> 'expires_on')::date end as expires_on
    ) given
   where v.guarantor is not null and v.dispute is not null
  on conflict (dispute, guarantor) do update set
    requested = p.requested or excluded.requested,
    expires_on = coalesce(excluded.expires_on, p.expires_on),
    expiry_given_on = coalesce(excluded.expiry_given_on, p.expiry_given_on), active = p.active or excluded.active,
    drawn = p.drawn + excluded.drawn, paid = p.paid + excluded.paid, claimed = p.claimed + excluded.claimed;
end
$$;
comment on function guarantee_api.apply_to_positions(guarantee_api.verdict[]) is
  'What each guarantor''s part in a dispute has come to; the latest expires_on given is an undertaking''s own';
