create function guarantee_api.approve_pending("position" integer, p guarantee.pending, locked text[]) returns guarantee_api.outcome
language plpgsql as $$
declare
  proposal guarantee_api.proposal;
  ruling guarantee_api.ruling;
  appended guarantee_api.outcome[];
  approvers text;
  count integer;
begin
  proposal := (guarantee_api.read_events(jsonb_build_array(p.fields)))[1];
  if proposal.result is null then
    ruling := guarantee_api.judge(array[proposal], locked, guarantee_api.today());
  else
    ruling.outcomes := array[(1, p.key, p.fields, proposal.result, proposal.detail, null, null)::guarantee_api.outcome];
  end if;
  if ruling.accepted is null then
    ruling.outcomes[1].position := "position";
    return ruling.outcomes[1];
  end if;
  insert into guarantee.approval (key, proposed_at, login, approved_at) values (p.key, p.proposed_at, session_user, clock_timestamp())
    on conflict (key, proposed_at, login) do nothing;
  select string_agg(a.login, ', ' order by a.approved_at, a.login), count(*) into approvers, count
    from guarantee.approval a where a.key = p.key and a.proposed_at = p.proposed_at;
  if count < guarantee_api.approvals_needed(proposal.event, p.office, p.currency, p.amount) then
    return ("position", p.key, p.fields, 'pending', null, null, null)::guarantee_api.outcome;
  end if;
  update guarantee.pending x
     set decision = 'approved', decided_at = greatest(clock_timestamp(), p.proposed_at), decided_by = session_user
   where x.key = p.key and x.proposed_at = p.proposed_at;
  appended := guarantee_api.append(guarantee_api.apply(ruling), locked, p.proposed_by, approvers);
  appended[1].position := "position";
  return appended[1];
end
$$;
comment on function guarantee_api.approve_pending(integer, guarantee.pending, text[]) is
  'Judges an event that waits as it would be judged if it were sent now, counts the approval, and records it once there are enough';
