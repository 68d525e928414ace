create function guarantee_api.bank_moment() returns timestamptz
language plpgsql as $$
declare
  moment timestamptz;
begin
  perform pg_advisory_xact_lock('guarantee.bank_book'::regclass::oid::integer, 0);
  insert into guarantee.bank_book as b (book, changed_at) values (1, clock_timestamp())
    on conflict (book) do update set changed_at = greatest(clock_timestamp(), b.changed_at)
    returning b.changed_at into moment;
  return moment;
end
$$;
comment on function guarantee_api.bank_moment() is
  'Lets nobody else change the bank''s side until the end of the transaction, and says when it is changed: never before what was changed last';
