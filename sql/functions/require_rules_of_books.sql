create function guarantee_api.require_rules_of_books(before jsonb) returns void
language plpgsql as $$
declare
  changed record;
  is_in_use boolean;
begin
  for changed in
    select b.kind, b.code, b.instrument
      from jsonb_to_recordset(before) as b (kind text, code text, instrument text, says text)
      left join guarantee_api.rules_of_books() n on n.kind = b.kind and n.code = b.code and n.instrument = b.instrument
     where b.says is distinct from n.says
     order by 1, 2, 3
  loop
    is_in_use := case changed.kind
         when 'event' then
           exists (select from guarantee.event e
                    where e.event = changed.code and (changed.instrument = '' or e.fields ->> 'instrument' = changed.instrument))
         when 'account' then exists (select from guarantee.account a where a.role = changed.code)
         else exists (select from guarantee.account a where a.currency = changed.code)
              or exists (select from guarantee.dispute d where d.currency = changed.code)
              or exists (select from guarantee.facility f where f.currency = changed.code) end;
    if is_in_use then
      raise exception 'the rules say otherwise of the % % than when it was recorded', changed.kind, concat_ws(' by ', changed.code, nullif(changed.instrument, ''))
        using errcode = 'GL004', hint = 'Leave its rows as they are, and add another under a new name.';
    end if;
  end loop;
end
$$;
comment on function guarantee_api.require_rules_of_books(jsonb) is
  'Refuses rules that book or count otherwise what was recorded under those before, so that it reads as it was decided';
