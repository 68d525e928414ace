create type guarantee_api.outcome as ("position" integer, key text, fields jsonb, result text, detail jsonb);
comment on type guarantee_api.outcome is 'What became of a proposed event';
