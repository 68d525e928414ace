create function guarantee_api.bank_keep_match(lines bigint[], keys text[], rule text, reason text, is_sure boolean) returns bigint
language plpgsql as $$
declare
  number bigint;
begin
  if is_sure then
    -- What is sure takes its parts out of what was only proposed.
    with held as (
      select distinct p.match from guarantee.bank_match_part p where p.live and (p.line = any(lines) or p.key = any(keys))
    ), undone as (
      update guarantee.bank_match m set undone_at = now(), undone_by = 'rule ' || bank_keep_match.rule from held h where m.match = h.match
    )
    update guarantee.bank_match_part p set live = false from held h where p.match = h.match;
  end if;
  insert into guarantee.bank_match (office, currency, rule, reason, difference, is_sure)
  select x.office, x.currency, bank_keep_match.rule, bank_keep_match.reason, x.difference, bank_keep_match.is_sure
    from (
      select min(s.office) as office, min(s.currency) as currency, sum(s.amount) as difference
        from (
          select a.office, a.currency, l.amount
            from guarantee.bank_line l join guarantee.bank_account a on a.account = l.account and a.currency = l.currency
           where l.line = any(lines)
           union all
          select a.office, a.currency, -n.amount
            from guarantee.event e
            join guarantee.entry n on n.office = e.office and n.sequence = e.sequence
            join guarantee.account a on a.account_id = n.account_id and a.role = 'bank'
           where e.key = any(keys)
        ) s
    ) x
  returning match into number;
  insert into guarantee.bank_match_part (match, part, line, key)
  select number, row_number() over (order by x.line nulls last, x.key), x.line, x.key
    from (select unnest(lines) as line, null as key union all select null, unnest(keys)) x;
  return number;
end
$$;
comment on function guarantee_api.bank_keep_match(bigint[], text[], text, text, boolean) is 'Writes one match down with the difference between its sides';
