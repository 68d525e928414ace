create function guarantee_api.load_rules() returns void
language plpgsql set search_path = guarantee, pg_temp as $$
declare
  before text[] := guarantee_api.rules_of_time();
  books jsonb := (select jsonb_agg(b) from guarantee_api.rules_of_books() b);
begin
  set constraints all deferred;
  delete from deadline_rule;
  delete from posting;
  delete from event_field;
  delete from guard;
  delete from statutory_day;
  delete from approval_limit;
  delete from event_type where event not in (select event from rules_events);
  delete from account_role where role not in (select role from rules_accounts);

  insert into currency select currency, minor_digits::smallint from rules_currencies
    on conflict (currency) do update set minor_digits = excluded.minor_digits;

  insert into account_role
  select role, ledger, case normal when 'debit' then 1 else -1 end,
         'dispute' = any(string_to_array(dimensions, '+')), 'guarantor' = any(string_to_array(dimensions, '+')),
         array(select measure from rules_measures m where m.role = a.role order by 1),
         count(*) over (partition by ledger, normal) = 1,
         name_en, name_zh
    from rules_accounts a
  on conflict (role) do update set
    ledger = excluded.ledger, normal_side = excluded.normal_side, of_dispute = excluded.of_dispute,
    of_guarantor = excluded.of_guarantor, measures = excluded.measures, backed = excluded.backed,
    name_en = excluded.name_en, name_zh = excluded.name_zh;

  insert into event_type
  select event, subject, string_to_array(requires, ' '), coalesce(string_to_array(optional, ' '), '{}'), approval = 'yes', meaning,
         '$', '{}', null, false, false, false, false, false, '{}', '{}',
         array(select effect from rules_effects f where f.event = e.event order by 1),
         array(select code from rules_guards g where g.events !~ 'every|lot events' and e.event = any(string_to_array(g.events, ' '))),
         '{}', '{}'
    from rules_events e
  on conflict (event) do update set
    subject = excluded.subject, requires = excluded.requires, optional = excluded.optional,
    needs_approval = excluded.needs_approval, meaning = excluded.meaning, effects = excluded.effects, guards = excluded.guards;

  insert into guard
  select r.code, (row_number() over (order by g.ctid nulls first, r.ctid))::smallint, coalesce(g.events, 'every event'),
         coalesce(g."refuses when", ''), r.message
    from rules_guards g
    full join (select code, message, ctid from rules_refusals
               union all
               select code, '{event} is refused: ' || "refuses when" || '.', ctid from rules_guards
                where code not in (select code from rules_refusals)) r on r.code = g.code;

  insert into posting
  select event, instrument, row_number() over (partition by event, instrument order by times > 1 and effect < 0, ordinal, side desc),
         role, side, effect, net_effect, of_dispute, of_guarantor, measures
    from (
      select r.of_dispute, r.of_guarantor, r.measures, p.event, i.instrument, p.ctid as ordinal, s.role, s.side, s.side * r.normal_side as effect,
             sum(s.side * r.normal_side) over same as net_effect, count(*) over same as times
        from rules_postings p
        cross join lateral (values (p.debit, 1), (p.credit, -1)) s (role, side)
        join account_role r on r.role = s.role
        -- An event whose entries turn on the instrument has a set of them for each instrument.
        join (select distinct event, coalesce(instrument, '') as instrument from rules_postings x
               where instrument is not null or not exists (select from rules_postings y where y.event = x.event and y.instrument is not null)) i
          on i.event = p.event and i.instrument in (coalesce(p.instrument, i.instrument))
      window same as (partition by p.event, i.instrument, s.role)
    ) side;

  perform guarantee_api.load_fields();
  perform guarantee_api.load_transitions();
  perform guarantee_api.load_deadlines();
  perform guarantee_api.load_steps();
  perform guarantee_api.require_rules_in_use(), guarantee_api.require_rules_of_books(coalesce(books, '[]'));
  if before <> guarantee_api.rules_of_time() then
    perform guarantee_api.rebuild_deadlines();
  end if;

  insert into approval_limit
  select row_number() over (order by ctid), coalesce(event, ''), coalesce(office, ''), coalesce(currency, ''), up_to::numeric, approvals::smallint
    from rules_approvals;
  insert into statutory_day select date::date, working_day::boolean from rules_working_days;
  perform guarantee_api.rebuild_calendar();
end
$$;
comment on function guarantee_api.load_rules() is
  'Fills the rules'' tables from temporary tables rules_*, one for each file of sql/rules with its columns as text';
