create function guarantee_past.choose_pack(offices text[], dispute text, first_day date, last_day date) returns text
language plpgsql as $$
declare
  missing text := (
    select o.office from unnest(choose_pack.offices) o (office)
     where o.office not in (select x.office from guarantee_past.office x)
     order by o.office limit 1);
begin
  if missing is not null then
    return missing;
  elsif choose_pack.dispute is not null and not exists (select from guarantee_past.event e where e.dispute = choose_pack.dispute) then
    return choose_pack.dispute;
  end if;
  perform set_config('guarantee.as_of', coalesce(last_day::text, ''), true),
          set_config('guarantee.pack_dispute', coalesce(choose_pack.dispute, ''), true),
          set_config('guarantee.pack_opening', '', true);
  perform set_config('guarantee.pack_first', (
    select jsonb_object_agg(b.office, case
             when b.office = '' or first_day is null then 1
             else coalesce((select min(e.sequence) from guarantee_past.event e where e.office = b.office and e."on" >= first_day), b.sequence + 1)
           end)
      from guarantee.book b
     where choose_pack.offices is null or b.office = '' or b.office = any(choose_pack.offices))::text, true);
  return null;
end
$$;
comment on function guarantee_past.choose_pack(text[], text, date, date) is
  'Has the functions for audit packs show a part of the ledger until the end of the transaction: some offices and the register, a dispute, or the events of a period. Returns the office or dispute that there is none of';

create function guarantee_past.open_pack(is_open boolean) returns void
language sql as $$
  select set_config('guarantee.pack_opening', case
    when is_open then (
      select jsonb_object_agg(f.office, f.first::bigint - 1)::text
        from jsonb_each_text(guarantee_past.pack_first()) f (office, first) where f.office <> '')
    else '' end, true)
$$;
comment on function guarantee_past.open_pack(boolean) is 'Has the functions for audit packs show what was there before the pack''s first events, or again the end';
