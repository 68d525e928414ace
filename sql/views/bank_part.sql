create view guarantee_api.bank_part as
  select p.match, p.part, p.line, p.key, p.live, coalesce(a.office, n.office) as office, coalesce(a.currency, n.currency) as currency,
         coalesce(l.amount, -n.amount) as amount
    from guarantee.bank_match_part p
    left join (guarantee.bank_line l join guarantee.bank_account a on a.account = l.account and a.currency = l.currency) on l.line = p.line
    left join guarantee_api.bank_custody_entry n on n.key = p.key;
comment on view guarantee_api.bank_part is 'What matches hold with its custody account, and what it adds to the difference of its match: lines as they are, entries turned round';
