create function guarantee_api.unsettled_account_of(office text, dispute text) returns guarantee.account
language plpgsql stable as $$
declare
  account guarantee.account;
begin
  select a.* into account
    from guarantee.account a
    join guarantee.account_role r on r.role = a.role and not 'outlives_dispute' = any(r.measures)
   where a.office = unsettled_account_of.office and a.dispute = unsettled_account_of.dispute and a.balance <> 0
   order by a.role limit 1;
  return account;
end
$$;
comment on function guarantee_api.unsettled_account_of(text, text) is 'The first account that keeps a dispute from being closed';
