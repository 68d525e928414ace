create type guarantee_api.touch as ("position" integer, resource bigint, exclusive boolean);
comment on type guarantee_api.touch is
  'Something shared that an event depends on; resource is a hash, since a collision only makes two events wait for each other';
