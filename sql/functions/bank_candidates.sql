create function guarantee_api.bank_candidates(rule text, days integer)
returns table (line bigint, key text, distance integer, owner text, evidence text, doubt text, proposed boolean)
language sql stable as $$
  select l.line, e.key, abs(l.booked_on - e."on"), e.owner, x.evidence,
         case
           when rule = 'amount' then 'nothing but amount and date fit'
           when e.dispute is not null and exists (
             select from guarantee.dispute d
              where d.dispute <> e.dispute and guarantee_api.bank_token(d.dispute) = any(l.tokens)
                and not guarantee_api.bank_token(e.dispute) = any(l.tokens)) then 'the payment names another dispute'
           when l.amount > 0 and rule <> 'payer' and l.counterparty is not null and cardinality(e.parties) > 0 and not exists (
             select from unnest(e.parties) p where strpos(l.counterparty, p) > 0 or strpos(p, l.counterparty) > 0) then 'wrong payer'
         end,
         l.proposed or e.proposed
    from guarantee_api.bank_open_lines() l
    join guarantee_api.bank_open_entries(days) e
      on e.office = l.office and e.currency = l.currency and e.amount = l.amount and abs(l.booked_on - e."on") <= days
    cross join lateral (
      select case rule
               when 'reference' then (select 'reference ' || t from unnest(e.tokens) t where t = any(l.tokens) limit 1)
               when 'text' then (
                 select 'the text has ' || t from unnest(e.tokens) t
                  where length(t) >= 5 and t ~ '[0-9]' and l.text_token ~ ('(^|[^0-9])' || regexp_replace(t, '([^[:alnum:]])', '\\\1', 'g') || '($|[^0-9])') limit 1)
               when 'dispute' then case when guarantee_api.bank_token(e.dispute) = any(l.tokens)
                                          or length(e.dispute) >= 5 and strpos(l.text_token, guarantee_api.bank_token(e.dispute)) > 0
                                        then 'dispute ' || e.dispute end
               when 'payer' then (
                 select 'party ' || p from unnest(e.parties) p where strpos(l.counterparty, p) > 0 or strpos(p, l.counterparty) > 0 limit 1)
               when 'amount' then 'amount and date'
             end as evidence
    ) x
   where x.evidence is not null
     and not exists (
       -- A person has taken these two apart.
       select from guarantee.bank_match_part p
         join guarantee.bank_match_part q on q.match = p.match and q.key = e.key
         join guarantee.bank_match m on m.match = p.match and m.undone_by not like 'rule %'
        where p.line = l.line)
$$;
comment on function guarantee_api.bank_candidates(text, integer) is
  'Lines and entries of the same amount within so many days of each other that a rule holds together, with what speaks for it and against it';
