create view guarantee_api.active_deadline as
  with recursive day as (
    select u.deadline, u.starts, u.procedure, x.starts_on
      from guarantee.deadline_rule u
      cross join lateral (
        select y.starts_on from guarantee.deadline y
         where y.deadline = u.deadline and y.starts = u.starts and y.procedure = u.procedure and y.active
         order by y.starts_on limit 1
      ) x
    union all
    select d.deadline, d.starts, d.procedure, x.starts_on
      from day d
      cross join lateral (
        select y.starts_on from guarantee.deadline y
         where y.deadline = d.deadline and y.starts = d.starts and y.procedure = d.procedure and y.active and y.starts_on > d.starts_on
         order by y.starts_on limit 1
      ) x
  )
  select u.*, d.starts_on from day d
    join guarantee_api.deadline_kind u on u.deadline = d.deadline and u.starts = d.starts and u.procedure = d.procedure;
comment on view guarantee_api.active_deadline is
  'The days on which deadlines began that are not met, of disputes that have not ended: a few hundred, however many disputes there are';
