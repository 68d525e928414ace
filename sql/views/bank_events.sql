create function guarantee_api.bank_events(office text default null, currency text default null)
returns table (key text, "on" date, event text, office text, amount numeric, currency text, reference text, reverses text)
language sql stable as $$
  select 'bank-line-' || l.line, l.booked_on, case when o.key is null then 'receive_unidentified' else 'reverse' end,
         case when o.key is null then l.office end, case when o.key is null then guarantee_api.money(l.amount, c.minor_digits) end,
         case when o.key is null then l.currency end, b.reference, o.key
    from guarantee_api.bank_open_lines('{}') l
    join guarantee.bank_line b on b.line = l.line
    join guarantee.currency c on c.currency = l.currency
    left join lateral (
      -- What the bank has taken back, or what came back to it, and the ledger still has.
      select p.key
        from guarantee.bank_line x
        join guarantee.bank_match_part q on q.line = x.line and q.live
        join guarantee.bank_match_part p on p.match = q.match and p.key is not null
        join guarantee.event e on e.key = p.key and not exists (select from guarantee.event r where r.reverses = p.key)
       where l.taken_back and x.account = l.account and x.currency = l.currency and x.amount = -l.amount and x.line < l.line
         and (x.marks || x.words) && (l.marks || l.words)
       order by x.line desc
       limit 1
    ) o on true
   where not l.proposed
     and (l.amount > 0 or o.key is not null)
     and (bank_events.office is null or l.office = bank_events.office)
     and (bank_events.currency is null or l.currency = bank_events.currency)
   order by l.line
$$;
comment on function guarantee_api.bank_events(text, text) is
  'Events that are missing by what the bank says, to be looked at and recorded: an unknown credit is received unidentified, what the bank took back is reversed';
