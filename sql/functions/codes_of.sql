create function guarantee_api.codes_of(kind text, word text, dispute text) returns setof text
language sql stable as $$
  select o.office from guarantee.office o where codes_of.kind = 'office'
  union all
  select d.dispute from guarantee.dispute d where codes_of.kind = 'dispute' and d.dispute = word
  union all
  -- Of disputes there are too many to look through: those beside the word as they sort, and beside it in capitals.
  select distinct d.dispute
    from (select word union select upper(word)) w (beside)
   cross join lateral (
      (select x.dispute from guarantee.dispute x where x.dispute >= w.beside order by x.dispute limit 1000)
      union all
      (select x.dispute from guarantee.dispute x where x.dispute < w.beside order by x.dispute desc limit 1000)
   ) d
   where codes_of.kind = 'dispute' and d.dispute <> word
  union all
  select l.lot from guarantee.lot l where codes_of.kind = 'lot' and l.dispute = codes_of.dispute
  union all
  select p.party from guarantee.party p where codes_of.kind in (p.kind, 'party')
  union all
  select r.recordal from guarantee.recordal r where codes_of.kind = 'recordal'
  union all
  -- Of keys too, those beside it.
  (select e.key from guarantee.event e where codes_of.kind = 'event' and e.key >= word order by e.key limit 20)
  union all
  (select e.key from guarantee.event e where codes_of.kind = 'event' and e.key < word order by e.key desc limit 20)
  union all
  (select distinct t.to_stage from guarantee.dispute_transition t where codes_of.kind = 'stage')
  union all
  select c.currency from guarantee.currency c where codes_of.kind = 'currency'
  union all
  -- An account's name is made of codes: itself, those that have its dispute or guarantor or neither,
  select a.name
    from guarantee.account a
   where codes_of.kind = 'account'
     and (a.dispute || a.guarantor = '' or a.dispute = any(string_to_array(word, ':')) or a.guarantor = any(string_to_array(word, ':'))
          or a.name = word)
  union all
  -- and one that could be there, and nothing was booked yet.
  select word
    from string_to_array(word, ':') p (part)
   where codes_of.kind = 'account'
     and exists (select from guarantee.office o where o.office = p.part[1])
     and exists (select from guarantee.account_role r where r.role = p.part[2])
     and exists (select from guarantee.currency c where c.currency = p.part[cardinality(p.part)])
     and not exists (select from unnest(p.part[3:cardinality(p.part) - 1]) x (code)
                      where not exists (select from guarantee.dispute d where d.dispute = x.code)
                        and not exists (select from guarantee.party y where y.party = x.code and y.kind = 'guarantor'))
$$;
comment on function guarantee_api.codes_of(text, text, text) is
  'The codes that there are of a kind, a lot''s within its dispute, parties'' of one kind or, as party, of any; where there are very many, those around a word';
