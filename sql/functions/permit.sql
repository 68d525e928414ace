create function guarantee_api.permit(proposals guarantee_api.proposal[], posts text[]) returns guarantee_api.proposal[]
language plpgsql stable as $$
begin
  if '' = any(posts) then
    return proposals;
  end if;
  return (
    with asked as (
      select p.*, p as proposal, t.amount_may_be_zero, d.office is not null as is_there, coalesce(case
               when t.adds_to = 'office' then false
               when p.office is not null then p.office = any(posts) and coalesce(d.office = any(posts), true)
               when p.dispute is not null then coalesce(d.office = any(posts), opened.here)
               when p.subject = 'event' then coalesce(past.office = any(posts), earlier.here)
               else false end, false) as may
        from unnest(proposals) p
        left join guarantee.event_type t on t.event = p.event
        left join lateral (select x.office from guarantee.dispute x where x.dispute = p.dispute offset 0) d on true
        -- What the batch itself opens or records is not there yet; what it may not open or record won't be.
        cross join lateral (
          select bool_or(x.office = any(posts)) as here from unnest(proposals) x where x.dispute = p.dispute and x.position < p.position
        ) opened
        left join lateral (select x.office from guarantee.event x where x.key = case p.subject when 'event' then p.fields ->> 'reverses' end offset 0) past on true
        cross join lateral (
          select bool_or(coalesce(y.office, x.office, z.office) = any(posts)) as here
            from unnest(proposals) x
            left join guarantee.dispute y on y.dispute = x.dispute
            left join unnest(proposals) z on z.dispute = x.dispute and z.position < x.position and z.office = any(posts)
           where p.subject = 'event' and x.key = p.fields ->> 'reverses' and x.position < p.position
        ) earlier
    ), answered as (
      -- A bad value stays one, whoever sent it.
      select a.*, case when a.result is null and not a.may then case
               when (guarantee_api.minor_units(a.amount, a.amount_may_be_zero, a.fields, c.currency, c.minor_digits, null)).inexact then 'bad_value'
               else 'not_permitted' end end as refusal
        from asked a left join guarantee.currency c on c.currency = a.fields ->> 'currency'
    )
    select array_agg((e.position, e.key, e."on", e.event, e.fields, e.office, e.dispute, e.lot, e.guarantor, e.amount, e.steps, e.subject, e.round,
                      coalesce(e.result, e.refusal), case e.refusal
                        when 'bad_value' then guarantee_api.explain_refusal(e.refusal, e.proposal, posts, guarantee_api.today())
                        when 'not_permitted' then jsonb_build_object('asked', session_user, 'there', 'record ' || e.event || case
                          when e.office is not null and e.is_there then ' for the dispute ' || e.dispute
                          when e.office is not null then ' at ' || e.office
                          when e.dispute is not null then ' for the dispute ' || e.dispute || ', if there is one'
                          when e.subject = 'event' then ' of ' || (e.fields ->> 'reverses') || ', if there is such an event'
                          else ' for all offices' end)
                        else e.detail end)::guarantee_api.proposal order by e.position)
      from answered e
  );
end
$$;
comment on function guarantee_api.permit(guarantee_api.proposal[], text[]) is
  'Gives not_permitted to those events of a batch that are for another office than those at which their sender is a clerk. What belongs to another office is answered as what isn''t there, so that nobody finds out by asking';
