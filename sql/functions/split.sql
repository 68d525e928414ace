create function guarantee_api.split(proposals guarantee_api.proposal[]) returns guarantee_api.proposal[]
language plpgsql stable as $$
begin
  return (
    select array_agg((position, key, "on", event, fields, office, dispute, lot, guarantor, amount, steps, subject,
                      1 + cuts, result, detail)::guarantee_api.proposal order by position)
      from (select c.*, sum(c.cut::integer) over (order by c.position)::integer as cuts
              from (select e.*, coalesce(e.subject = 'event' or lag(e.subject) over (order by e.position) = 'event', false)
                              or row_number() over (partition by e.key order by e.position) > 1
                              or e.opens is not null and row_number() over (partition by e.opens order by e.position) > 1 as cut
                      from (select p.*, case when p.office is not null then p.dispute end as opens from unnest(proposals) p) e) c) numbered
  );
end
$$;
comment on function guarantee_api.split(guarantee_api.proposal[]) is
  'Cuts a batch into stretches within which every key is new, every dispute is opened once and no event refers to another by its key (round is the stretch''s number)';
