create function guarantee_api.goods_of(dispute text) returns setof guarantee_api.goods_facts
language sql stable as $$
  select coalesce(sum(l.value), 0),
         coalesce(sum(l.value) filter (where l.state = 'released_conditionally'), 0)
    from guarantee.lot l
   where l.dispute = goods_of.dispute
$$;
comment on function guarantee_api.goods_of(text) is 'The goods of a dispute: their value, and the value out against cover';
