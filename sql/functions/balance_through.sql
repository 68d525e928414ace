create function guarantee_api.balance_through(account_id bigint, day date) returns table (balance numeric)
language sql stable as $$
  select case
           when balance_through.day is null then a.balance
           -- The only account of its kind: what went by day adds up to it, however many entries it has.
           when a.dispute || a.guarantor = '' then (
             select coalesce(sum(t.effect), 0) from guarantee_api.turnover t
              where t.office = a.office and t.role = a.role and t.currency = a.currency and t."on" <= balance_through.day)
           -- From the end, since it is mostly asked of days not long ago.
           else a.balance - r.normal_side * (
             select coalesce(sum(n.amount), 0)
               from (
                 select e.amount from guarantee.entry e
                  where e.account_id = a.account_id and e.version <= 100 and e."on" > balance_through.day
                 union all
                 select e.amount from guarantee.entry e
                  where e.account_id = a.account_id and e.version > 100 and e."on" > balance_through.day
               ) n)
         end
    from guarantee.account a
    join guarantee.account_role r on r.role = a.role
   where a.account_id = balance_through.account_id
$$;
comment on function guarantee_api.balance_through(bigint, date) is
  'What an account had at the end of a day by the dates of its entries, on its normal side in minor units; today''s balance for no day';
