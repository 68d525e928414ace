create function guarantee_api.bank_open_lines(entries guarantee_api.bank_open_entry[]) returns setof guarantee_api.bank_open_line
language sql stable set enable_nestloop = off as $$
  with free as materialized (
    select l.*, a.office, guarantee_api.bank_mark(l.counterparty) as other_side, m.match is not null as proposed
      from guarantee.bank_line l
      join guarantee.bank_account a on a.account = l.account and a.currency = l.currency
      left join (guarantee.bank_match_part p join guarantee.bank_match m on m.match = p.match) on p.line = l.line and p.live
     where m.match is null or not m.is_sure and m.confirmed_at is null
  ), dispute as materialized (
    select d.dispute, d.office, guarantee_api.bank_mark(d.dispute) as mark from guarantee.dispute d
  ), named as (
    select x.line, array_agg(distinct d.dispute) as disputes
      from (select f.line, f.office, unnest(f.marks || f.words) as mark from free f) x
      join dispute d on d.mark = x.mark and d.office = x.office
     group by x.line
  ), party as (
    select distinct unnest(e.parties) as name from unnest(entries) e
  ), payer as (
    select f.other_side, array_agg(p.name) as names
      from (select distinct f.other_side from free f) f
      join party p on guarantee_api.bank_same_name(f.other_side, p.name)
     group by f.other_side
  )
  select x.line, x.office, x.currency, x.account, x.amount, x.charges, x.booked_on, x.marks || guarantee_api.bank_mark('bank-line-' || x.line), x.words, coalesce(n.disputes, '{}'), x.other_side,
         coalesce(p.names, '{}'), x.is_reversal or x.is_return, x.is_reversal, x.proposed
    from free x
    left join named n on n.line = x.line
    left join payer p on p.other_side = x.other_side
$$;
comment on function guarantee_api.bank_open_lines(guarantee_api.bank_open_entry[]) is
  'Lines of the bank that nothing was matched with for sure; proposed when something may have been. What bank_events() made of a line has its number in its key. Payers are sought among the parties of these entries';
