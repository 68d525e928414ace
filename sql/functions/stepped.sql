create function guarantee_api.stepped(counts jsonb, states text[], changes bigint[]) returns jsonb
language sql immutable as $$
  select coalesce(jsonb_object_agg(s.state, s.count::text) filter (where s.count <> 0), '{}')
    from (
      select c.state, sum(c.count) as count
        from (select x.key, x.value::bigint from jsonb_each_text(stepped.counts) x
              union all
              select * from unnest(states, changes)) c (state, count)
       group by c.state
    ) s
$$;
comment on function guarantee_api.stepped(jsonb, text[], bigint[]) is
  'How many there are in each state after these changes, as decimal texts; what there is none of is left out';
