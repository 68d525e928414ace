create view guarantee_past.flow as select f.* from guarantee_past.expected_flow f;
comment on view guarantee_past.flow is 'What had gone between kinds of account then, by the entries';
