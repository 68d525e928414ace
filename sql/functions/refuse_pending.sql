create function guarantee_api.refuse_pending("position" integer, p guarantee.pending, reason text) returns guarantee_api.outcome
language plpgsql as $$
begin
  update guarantee.pending x
     set decision = 'refused', decided_at = greatest(clock_timestamp(), p.proposed_at), decided_by = session_user, reason = refuse_pending.reason
   where x.key = p.key and x.proposed_at = p.proposed_at;
  return ("position", p.key, p.fields || jsonb_build_object('recorded_by', p.proposed_by, 'refused_because', reason), 'refused',
          jsonb_build_object('office', p.office, 'asked', p.proposed_by, 'there', reason), null, null)::guarantee_api.outcome;
end
$$;
comment on function guarantee_api.refuse_pending(integer, guarantee.pending, text) is
  'Refuses an event that waits; the attempt that is kept of it says besides who proposed it and why it was refused';
