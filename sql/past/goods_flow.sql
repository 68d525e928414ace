create view guarantee_past.goods_flow as select f.* from guarantee_past.expected_goods_flow f;
comment on view guarantee_past.goods_flow is 'What goods had gone from one state to another then, by the events';
