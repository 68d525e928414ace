create function guarantee_api.report_deadlines(
  office text default null, dispute text default null, guarantor text default null, since date default null)
returns table (dispute text, deadline text, starts_on date, due_on date, state text, working_days_left integer, guarantor text, basis text)
language sql stable as $$
  select d.dispute, r.deadline, r.starts_on, r.due_on, r.state,
         case when r.state = 'running' then guarantee_api.working_days_left(t.today, r.due_on) end, r.guarantor, r.basis
    from guarantee.dispute d
    cross join (select guarantee_api.today() as today) t
    cross join lateral (
      select x.deadline, x.starts_on, due.due_on, '' as guarantor, u.basis,
             case
               when x.met_on > due.due_on then 'late'
               when x.met_on is not null then 'met'
               when due.due_on < coalesce(decided.on, t.today) then 'passed'
               when not d.active or decided.on is not null then 'ended'
               else 'running'
             end as state
        from guarantee.deadline x
        join guarantee_api.deadline_kind u on u.deadline = x.deadline and u.starts = x.starts and u.procedure = x.procedure
        cross join lateral (select guarantee_api.due_on(x.starts_on, u.period, u.unit) as due_on) due
        cross join lateral (select case when u.ends_with_decision then d.decided_on end as "on") decided
       where x.dispute = d.dispute
      union all
      select 'cover_ends', p.expiry_given_on, p.expires_on, p.guarantor, 'Customs Guarantee Regulations art. 13',
             case when a.undertaken = 0 then 'ended' when p.expires_on < t.today then 'passed' else 'running' end
        from guarantee.guarantor_position p
        cross join lateral guarantee_api.accounts_of(d.office, d.dispute, p.guarantor, t.today) a
       where p.dispute = d.dispute and p.expires_on is not null
    ) r
   where (report_deadlines.since is null or r.starts_on >= report_deadlines.since)
     -- Looked at first, so that not every dispute's deadlines are worked out.
     and (report_deadlines.since is null
          or exists (select from guarantee.deadline x where x.dispute = d.dispute and x.starts_on >= report_deadlines.since)
          or exists (select from guarantee.guarantor_position p where p.dispute = d.dispute and p.expiry_given_on >= report_deadlines.since))
     and (report_deadlines.office is null or d.office = report_deadlines.office)
     and (report_deadlines.dispute is null or d.dispute = report_deadlines.dispute)
     and (report_deadlines.guarantor is null or exists (
       select from guarantee.guarantor_position p where p.dispute = d.dispute and p.guarantor = report_deadlines.guarantor))
   order by d.dispute, r.deadline, r.starts_on, r.due_on, r.guarantor
$$;
comment on function guarantee_api.report_deadlines(text, text, text, date) is
  'The statutory periods of each dispute: running, met, late (met after its end), passed, or ended with the dispute; and the ends of its undertakings. since: those that began on this day or a later one';
