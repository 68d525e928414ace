create function guarantee_past.look_back(as_of text, known_at text) returns void
language plpgsql as $$
declare
  zone text := (select s.time_zone from guarantee.setting s);
  day date := look_back.as_of::date;
  moment timestamptz := case
    when look_back.known_at ~ '(Z|[+-]\d\d(:?\d\d)?)$' then look_back.known_at::timestamptz
    else look_back.known_at::timestamp at time zone zone
  end;
  recording text[];
begin
  if day > guarantee_api.today() then
    raise exception 'the day % has not come yet', day
      using errcode = 'GL007', hint = 'Ask for the books of today or of a day before it.';
  elsif moment > clock_timestamp() then
    raise exception 'the time % has not come yet', look_back.known_at
      using errcode = 'GL007', hint = 'Ask for what was known now or at a time before it.';
  end if;
  perform set_config('guarantee.as_of', coalesce(day::text, ''), true),
          set_config('guarantee.known_at', coalesce(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''), true),
          set_config('guarantee.working_days_of', '', true),
          set_config('jit', 'off', true);
  if moment is not null then
    -- Whoever has locked books by now may have recorded before the moment what nobody sees yet. Whoever locks
    -- them from now on comes later, so what is seen when those have ended is final.
    loop
      recording := array(
        select l.virtualtransaction
          from pg_locks l
          left join pg_stat_activity a on a.pid = l.pid
         where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
           and l.classid in ('guarantee.book'::regclass, 'guarantee.attempt_book'::regclass, 'guarantee.seal'::regclass, 'guarantee.bank_book'::regclass)
           and l.database = (select d.oid from pg_database d where d.datname = current_database())
           and l.pid is distinct from pg_backend_pid()
           and coalesce(a.xact_start <= moment, true)
           and (recording is null or l.virtualtransaction = any(recording)));
      exit when recording = '{}';
      perform pg_sleep(0.01);
    end loop;
  end if;
end
$$;
comment on function guarantee_past.look_back(text, text) is
  'Has the readings of guarantee_past show the books of a day, and what was known at a moment (without offset: in the ledger''s zone), until the end of the transaction. What they show is final: it waits for those who record and began before the moment. Neither may lie ahead';
