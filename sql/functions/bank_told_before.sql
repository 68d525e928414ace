create function guarantee_api.bank_told_before(content jsonb, lines jsonb, account text, opens bigint) returns text
language sql stable as $$
  with kept as materialized (
    select c.*, c.booked_on is distinct from lag(c.booked_on) over w or c."position" is distinct from lag(c."position") over w as begins,
           count(*) over () as all_kept
      from guarantee_api.bank_chain(bank_told_before.account, content ->> 'currency', (content ->> 'opens_on')::date, (content ->> 'closes_on')::date) c
    window w as (order by c.place)
  ), told as materialized (
    select n.number, (n.x ->> 'booked_on')::date as booked_on, guarantee_api.bank_minor_units(n.x ->> 'amount', content ->> 'currency') as amount,
           n.x ->> 'reference' as reference, count(*) over () as all_told
      from jsonb_array_elements(bank_told_before.lines) with ordinality n (x, number)
  )
  select k.statement
    from kept k
    cross join lateral (select least(k.all_kept - k.place + 1, (select max(t.all_told) from told t)) as count) run
    -- Within one form the bank's references tell bookings apart, or the time of day.
    cross join lateral (
      select bool_and(o.format = content ->> 'format') as one_form from kept o where o.place between k.place and k.place + run.count - 1
    ) r
   where k.begins and k.before = bank_told_before.opens and (k.is_last or run.count = (select max(t.all_told) from told t))
     and not exists (
       select o.booked_on, o.amount, case when r.one_form then nullif(regexp_replace(o.reference, '^#[0-9]+ ?', ''), '') end
         from kept o where o.place between k.place and k.place + run.count - 1
       except all
       select t.booked_on, t.amount, case when r.one_form then nullif(regexp_replace(t.reference, '^#[0-9]+ ?', ''), '') end
         from told t where t.number <= run.count)
   order by k.place
   limit 1
$$;
comment on function guarantee_api.bank_told_before(jsonb, jsonb, text, bigint) is
  'The statement that said already what this one begins with: the same days and amounts from the same balance on, in another form or under another name';
