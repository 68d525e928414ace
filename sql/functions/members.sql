create function guarantee_api.members(of_past text default null)
returns table (login text, role text, office text, given_at timestamptz, given_by text, taken_at timestamptz, taken_by text)
language sql stable as $$
  select m.login, m.role, m.office, m.given_at, m.given_by, m.taken_at, m.taken_by
    from guarantee.membership m
   where m.taken_at is null or members.of_past is not null
   order by m.login, m.role, m.office, m.given_at
$$;
comment on function guarantee_api.members(text) is
  'Who has which role at which office since when; with any value, who had one as well. The empty office is all offices. Who does not own the ledger sees his own';
