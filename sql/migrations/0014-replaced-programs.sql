-- A ledger knows which programs' functions and rules others have replaced, so that such a program does not put its own back.
alter table guarantee.source drop constraint source_pkey, add constraint source_pkey primary key (kind, fingerprint);
