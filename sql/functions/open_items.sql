create function guarantee_api.open_items(measure text, of_office text, of_guarantor text)
returns table (office text, role text, dispute text, guarantor text, currency text, minor_digits smallint, age integer, amount numeric)
language sql stable as $$
  -- What is paid or given up settles the oldest first, so what is open is the latest of what was added.
  select x.* from (
    select a.office, a.role, a.dispute, a.guarantor, a.currency, c.minor_digits, t.today - i."on" as age,
           least(i.amount, greatest(a.balance - i.amount_later, 0)) as amount
      from guarantee.account a
      join guarantee.account_role r on r.role = a.role and open_items.measure = any(r.measures)
      join guarantee.currency c on c.currency = a.currency
     cross join (select guarantee_api.today() as today offset 0) t
     cross join lateral (
       select m."on", m.amount,
              coalesce(sum(m.amount) over (order by m."on" desc, m.version desc rows between unbounded preceding and 1 preceding), 0) as amount_later
         from (
           -- An event and its reversal are one that comes to nothing: what was taken back neither added nor settled anything.
           select min(n."on") as "on", min(n.version) as version, sum(n.amount * r.normal_side) as amount
             from guarantee.entry n
             left join lateral (select e.sequence from guarantee.event e where e.reverses = n.key offset 0) v on true
            where n.account_id = a.account_id
            group by coalesce(v.sequence, n.sequence)
           having sum(n.amount * r.normal_side) > 0
         ) m
     ) i
     where not a.is_zero
       and (open_items.of_office is null or a.office = open_items.of_office)
       and (open_items.of_guarantor is null or a.guarantor = open_items.of_guarantor)
  ) x
   where x.amount > 0
$$;
comment on function guarantee_api.open_items(text, text, text) is
  'The latest additions that stand make up what an account has, since the oldest are settled first: in minor units, with their age in days';
