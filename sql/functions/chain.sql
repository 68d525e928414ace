create aggregate guarantee_api.chain(head bytea, bytes bytea) (sfunc = guarantee_api.chain_next, stype = bytea);
comment on aggregate guarantee_api.chain(bytea, bytea) is
  'The hash of a chain that goes on from a head, as a window function over the canonical bytes in their order';
