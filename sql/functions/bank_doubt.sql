create function guarantee_api.bank_doubt(
  disputes text[], dispute text, amount bigint, counterparty text, payers text[], parties text[])
returns text
language sql immutable parallel safe as $$
  select case when cardinality(disputes) > 0 and not coalesce(dispute = any(disputes), false) then 'the payment names another dispute'
              when counterparty is not null and cardinality(parties) > 0 and not payers && parties
              then case when amount > 0 then 'wrong payer' else 'wrong payee' end end
$$;
comment on function guarantee_api.bank_doubt(text[], text, bigint, text, text[], text[]) is
  'What speaks against a line and an entry belonging together although a rule says so, by the disputes that the line names and by who paid or was paid; null when nothing does';
