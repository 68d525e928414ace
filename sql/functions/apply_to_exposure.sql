create function guarantee_api.apply_to_exposure(verdicts guarantee_api.verdict[]) returns void
language plpgsql as $$
begin
  insert into guarantee.exposure (office, guarantor, consignor, currency, amount)
  select distinct v.office, v.guarantor, who.consignor, v.currency, 0
    from unnest(verdicts) v cross join lateral (values (''), (v.consignor)) who (consignor)
   where v.exposure > 0
  on conflict do nothing;

  update guarantee.exposure x set amount = x.amount + m.amount
    from (select v.office, v.guarantor, who.consignor, v.currency, sum(v.exposure)::bigint as amount
            from unnest(verdicts) v cross join lateral (values (''), (v.consignor)) who (consignor)
           where v.exposure <> 0
           group by v.office, v.guarantor, who.consignor, v.currency) m
   where x.office = m.office and x.guarantor = m.guarantor and x.consignor = m.consignor and x.currency = m.currency;
end
$$;
comment on function guarantee_api.apply_to_exposure(guarantee_api.verdict[]) is 'What each guarantor stands for, in all and for each consignor';
