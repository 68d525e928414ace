create function guarantee_api.bank_import(content jsonb)
returns table (account text, currency text, office text, statement text, opens_on date, closes_on date, opening numeric, closing numeric,
               lines bigint, known bigint, result text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  -- One import at a time: the next statement connects to the one before.
  moment constant timestamptz := guarantee_api.bank_moment();
  this_account text := content ->> 'account';
  this_currency constant text := content ->> 'currency';
  this_office text := content ->> 'office';
  this_name text := content ->> 'statement';
  extends constant boolean := coalesce((content ->> 'extends')::boolean, false);
  digits smallint := (select c.minor_digits from guarantee.currency c where c.currency = this_currency);
  before guarantee.bank_statement;
  same guarantee.bank_statement;
  opens bigint;
  closes bigint;
  lines jsonb;
  all_lines bigint;
  known_lines bigint;
  known_sum bigint;
  told text;
  new_on date;
  other record;
begin
  if digits is null then
    raise exception 'there is no currency %', this_currency using errcode = 'GL103', table = 'bank_account', constraint = 'bank_account_currency';
  end if;
  -- An account keeps the name that it was first given, however files spell it.
  select a.account, a.office into this_account, this_office from guarantee.bank_account a
   where a.currency = this_currency and guarantee_api.bank_account_mark(a.account) = guarantee_api.bank_account_mark(this_account)
   order by a.account <> this_account, a.named_at
   limit 1;
  if not found then
    this_account := content ->> 'account';
    this_office := content ->> 'office';
    if this_office is null then
      raise exception 'it is not known whose account % in % is', this_account, this_currency
        using errcode = 'GL103', table = 'bank_account', constraint = 'bank_account_unknown', hint = 'Name the office with --office; it is remembered.';
    end if;
    if not exists (select from guarantee.office o where o.office = this_office) then
      raise exception 'there is no office %', this_office using errcode = 'GL103', table = 'bank_account', constraint = 'bank_account_office';
    end if;
    insert into guarantee.bank_account (account, currency, office, named_at) values (this_account, this_currency, this_office, moment);
  elsif this_office <> coalesce(content ->> 'office', this_office) then
    raise exception 'account % in % is of office % and not of %', this_account, this_currency, this_office, content ->> 'office'
      using errcode = 'GL103', table = 'bank_account', constraint = 'bank_account_office';
  end if;

  opens := guarantee_api.bank_minor_units(content ->> 'opening', this_currency);
  closes := guarantee_api.bank_minor_units(content ->> 'closing', this_currency);
  lines := guarantee_api.bank_settled(content, this_account, opens);
  select count(*), count(k.line), coalesce(sum(k.amount), 0) into all_lines, known_lines, known_sum
    from jsonb_array_elements(lines) x
    left join guarantee.bank_line k
      on k.account = this_account and k.currency = this_currency and k.series = x ->> 'series' and k.reference = x ->> 'reference';
  select x ->> 'reference' as reference, x ->> 'place' as place into other
    from jsonb_array_elements(lines) x
    join guarantee.bank_line k
      on k.account = this_account and k.currency = this_currency and k.series = x ->> 'series' and k.reference = x ->> 'reference'
   where k.amount <> guarantee_api.bank_minor_units(x ->> 'amount', this_currency) or k.booked_on <> (x ->> 'booked_on')::date
   limit 1;
  if found then
    raise exception 'the line % (%) was imported before with another amount or day', other.reference, other.place
      using errcode = 'GL104', table = 'bank_line', constraint = 'bank_line_known';
  end if;
  if extends and known_lines > 0 then
    with known as (
      select c.place, c.before, c.before + c.amount as behind
        from guarantee_api.bank_chain(this_account, this_currency, (content ->> 'opens_on')::date, (content ->> 'closes_on')::date) c
        join jsonb_array_elements(lines) x on x ->> 'series' = c.series and x ->> 'reference' = c.reference
    )
    select f.before, l.behind into other
      from (select * from known order by place limit 1) f, (select * from known order by place desc limit 1) l
     where (f.before, l.behind) <> (opens, opens + known_sum);
    if found then
      raise exception 'lines of list % of account % were imported before: they led from % to %, and here they lead from % to %', this_name, this_account,
          guarantee_api.money(other.before, digits), guarantee_api.money(other.behind, digits),
          guarantee_api.money(opens, digits), guarantee_api.money(opens + known_sum, digits)
        using errcode = 'GL104', table = 'bank_line', constraint = 'bank_line_known', hint = 'Take a list of whole days from the bank, with all of their lines.';
    end if;
  end if;
  if opens + (select coalesce(sum(guarantee_api.bank_minor_units(x ->> 'amount', this_currency)), 0) from jsonb_array_elements(lines) x) <> closes then
    raise exception 'statement % of account % does not add up: it opens with %, its % lines come to %, and it closes with %', this_name, this_account,
        guarantee_api.money(opens, digits), all_lines,
        (select guarantee_api.money(coalesce(sum(guarantee_api.bank_minor_units(x ->> 'amount', this_currency)), 0), digits) from jsonb_array_elements(lines) x),
        guarantee_api.money(closes, digits)
      using errcode = 'GL101', table = 'bank_line', constraint = 'bank_line_adds_up', hint = 'Lines may be missing: ask the bank for the whole statement.';
  end if;

  select * into same from guarantee.bank_statement s where s.account = this_account and s.currency = this_currency and s.statement = this_name;
  if same.statement is not null and not extends and ((same.opening, same.closing) <> (opens, closes) or known_lines <> all_lines) then
    raise exception 'statement % of account % was imported before with other lines or balances', this_name, this_account
      using errcode = 'GL104', table = 'bank_statement', constraint = 'bank_statement_name';
  end if;
  if same.statement is null and known_lines < all_lines or same.statement is null and all_lines = 0 or extends and known_lines < all_lines then
    select * into before from guarantee.bank_statement s
     where s.account = this_account and s.currency = this_currency order by s."position" desc limit 1;
    if known_lines = 0 and all_lines > 0 and before.closing = opens then
      told := guarantee_api.bank_told_before(content, lines, this_account, opens);
      if told is not null then
        raise exception 'statement % of account % begins with what was imported already as statement %', this_name, this_account, told
          using errcode = 'GL104', table = 'bank_statement', constraint = 'bank_statement_name',
                hint = 'Import each statement in one form, and under one name.';
      end if;
    end if;
    if same.statement is not null then
      this_name := this_name || ' #' || (before."position" + 1);
    end if;
    -- A list that goes on from what is known begins with what is new in it.
    new_on := (content ->> 'opens_on')::date;
    if known_lines > 0 then
      new_on := (select min((x ->> 'booked_on')::date) from jsonb_array_elements(lines) x
                  where not exists (select from guarantee.bank_line k where k.account = this_account and k.currency = this_currency
                                                                       and k.series = x ->> 'series' and k.reference = x ->> 'reference'));
    end if;
    insert into guarantee.bank_statement (account, currency, "position", statement, opens_on, closes_on, opening, closing, line_count, format, file, imported_at)
    values (this_account, this_currency, coalesce(before."position", 0) + 1, this_name, new_on, (content ->> 'closes_on')::date,
            opens + known_sum, closes, all_lines - known_lines, content ->> 'format', content ->> 'file', moment);
    insert into guarantee.bank_line (account, currency, "position", series, reference, booked_on, value_on, amount, charges,
                                     is_reversal, is_return, is_interest, marks, words, counterparty, counterparty_account, purpose, place)
    select this_account, this_currency, coalesce(before."position", 0) + 1, x ->> 'series', x ->> 'reference',
           (x ->> 'booked_on')::date, (x ->> 'value_on')::date, guarantee_api.bank_minor_units(x ->> 'amount', this_currency),
           coalesce(guarantee_api.bank_minor_units(x ->> 'charges', this_currency), 0),
           coalesce(x ->> 'reversal' = 'true', false), coalesce(x ->> 'return' = 'true', false), coalesce(x ->> 'interest' = 'true', false),
           guarantee_api.bank_marks(coalesce(x -> 'references', '[]')), guarantee_api.bank_words(x ->> 'purpose'),
           x ->> 'counterparty', x ->> 'counterparty_account', x ->> 'purpose', x ->> 'place'
      from jsonb_array_elements(lines) with ordinality as n (x, number)
     where not exists (
       select from guarantee.bank_line k
        where k.account = this_account and k.currency = this_currency and k.series = x ->> 'series' and k.reference = x ->> 'reference')
     order by number;
    result := 'imported';
  else
    result := 'known';
  end if;
  return query
    select this_account, this_currency, this_office, this_name, (content ->> 'opens_on')::date, (content ->> 'closes_on')::date,
           guarantee_api.money(opens, digits), guarantee_api.money(closes, digits), all_lines, known_lines, result;
end
$$;
comment on function guarantee_api.bank_import(jsonb) is
  'Takes a statement of the bank with its lines. Those that are known already are passed over; what is left has to add up and to connect to the statement before. Anything wrong, and nothing is kept';
revoke execute on function guarantee_api.bank_import(jsonb) from public;
