create function guarantee_api.rules_of_time() returns text[]
language sql stable as $$
  select array(
    select r::text from guarantee.deadline_rule r
    union all select x::text from guarantee.deadline_expiry x
    union all select t.event || ' decides from ' || t.from_stage from guarantee.dispute_transition t where t.outcome is not null
    union all select distinct t.to_stage || ' is final' from guarantee.dispute_transition t where guarantee_api.is_final(t.to_stage)
    order by 1)
$$;
comment on function guarantee_api.rules_of_time() is 'The rules on which it rests which deadlines disputes have and which disputes are over, to see whether they have changed';
