create function guarantee_api.bank_doubt(disputes text[], dispute text, has_payer boolean, payers text[], parties text[]) returns text
language sql immutable parallel safe as $$
  select case when cardinality(disputes) > 0 and not coalesce(dispute = any(disputes), false) then 'the payment names another dispute'
              when has_payer and cardinality(parties) > 0 and not payers && parties then 'wrong payer' end
$$;
comment on function guarantee_api.bank_doubt(text[], text, boolean, text[], text[]) is
  'What speaks against a line and an entry belonging together although a rule says so, by the disputes that the line names and by who paid; null when nothing does';
