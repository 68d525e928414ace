create function guarantee_api.apply_to_exposure(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.exposure (office, guarantor, consignor, currency, amount)
  select m.office, m.guarantor, m.consignor, m.currency, coalesce(x.amount, 0) + m.amount
    from (
      select v.office, v.guarantor, who.consignor, v.currency, sum(v.exposure) as amount
        from unnest(verdicts) v cross join lateral (values (''), (v.consignor)) who (consignor)
       where v.exposure <> 0
       group by v.office, v.guarantor, who.consignor, v.currency
      offset 0
    ) m
    left join lateral (
      select y.amount from guarantee.exposure y
       where y.office = m.office and y.guarantor = m.guarantor and y.consignor = m.consignor and y.currency = m.currency
      offset 0
    ) x on true
  on conflict (office, guarantor, consignor, currency) do update set amount = excluded.amount;
end
$$;
comment on function guarantee_api.apply_to_exposure(guarantee_api.verdict[]) is 'What each guarantor stands for, in all and for each consignor';
