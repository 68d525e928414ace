create view guarantee_api.expected_guarantor_position as
  select e.dispute, e.guarantor, bool_or('requests_release' = any(e.effects)) as requested,
         (array_agg(e.expires_on order by e.sequence desc) filter (where e.expires_on is not null))[1] as expires_on,
         (array_agg(e."on" order by e.sequence desc) filter (where e.expires_on is not null))[1] as expiry_given_on,
         coalesce(sum(e.counted * (('draws' = any(e.counts))::integer - ('undraws' = any(e.counts))::integer)), 0) as drawn,
         coalesce(sum(e.counted) filter (where 'pays' = any(e.counts)), 0) as paid,
         coalesce(sum(e.counted) filter (where 'claims' = any(e.counts)), 0) as claimed,
         d.active and count(e.expires_on) > 0 as active
    from (
      select e.dispute, e.sequence, e."on", e.effects, (coalesce(past.fields, e.fields) ->> 'guarantor') collate "C" as guarantor,
             coalesce(past.effects, e.effects) as counts, coalesce(-past.amount, e.amount) as counted,
             case when 'dates_undertaking' = any(e.effects) and coalesce(e.fields ->> 'instrument', '') <> 'cash'
                  then (e.fields ->> 'expires_on')::date end as expires_on
        from guarantee_api.journal e
        left join guarantee_api.journal past on past.key = e.reverses
       where e.dispute is not null
         and (e.reverses is not null or e.effects && '{requests_release,dates_undertaking,draws,undraws,pays,claims}')
    ) e
    join guarantee.dispute d on d.dispute = e.dispute
   where e.guarantor is not null
   group by e.dispute, e.guarantor, d.active;
comment on view guarantee_api.expected_guarantor_position is 'What each guarantor''s part in a dispute has come to by the events';
