create function guarantee_api.goods_of(dispute text) returns setof guarantee_api.goods_facts
language sql stable as $$
  select coalesce(sum(l.value), 0),
         coalesce(sum(l.value) filter (where l.state = 'released_conditionally'), 0),
         min(l.lot) filter (where l.state in ('held', 'released_conditionally')),
         (array_agg(l.state order by l.lot) filter (where l.state in ('held', 'released_conditionally')))[1]
    from guarantee.lot l
   where l.dispute = goods_of.dispute
$$;
comment on function guarantee_api.goods_of(text) is 'The goods of a dispute: their value, the value out against cover, and the first lot not yet done with';
