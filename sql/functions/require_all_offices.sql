create function guarantee_api.require_all_offices() returns void
language plpgsql stable as $$
begin
  if guarantee_api.visible_offices() is not null then
    raise exception 'that takes a role at all offices'
      using errcode = '42501', hint = 'Whoever keeps the ledger gives it: guarantee user add NAME --role auditor --all-offices.';
  end if;
end
$$;
comment on function guarantee_api.require_all_offices() is 'Keeps from a login of some offices what makes sense of the whole ledger only';
