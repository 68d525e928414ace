-- The row types that pass between the engine's functions: an event on its way into the journal is proposed, known, judged, done.

create type guarantee_api.proposal as (
  "position" integer, key text, "on" date, event text, fields jsonb,
  office text, dispute text, lot text, guarantor text, amount numeric, steps text[], subject text,
  round integer, result text, detail jsonb
);
comment on type guarantee_api.proposal is
  'An event as it was sent, with the fields the engine turns on taken out, and its result when its shape alone decides it';

create type guarantee_api.misfit as (fields jsonb, code text, detail jsonb);
comment on type guarantee_api.misfit is 'What is wrong with an event''s shape; no code when nothing is, once empty fields are dropped';

create type guarantee_api.touch as ("position" integer, resource bigint, exclusive boolean);
comment on type guarantee_api.touch is
  'Something shared that an event depends on; resource is a hash, since a collision only makes two events wait for each other';

create type guarantee_api.line as (
  line smallint, account_id bigint, role text, dispute text, guarantor text, currency text, amount bigint, delta bigint,
  balance bigint
);
comment on type guarantee_api.line is
  'A side of a double entry to be made: amount is positive for a debit, delta is what it does to the balance that is there';

create type guarantee_api.movement as (lines guarantee_api.line[], short boolean, overflow boolean, exposure bigint, cover bigint);
comment on type guarantee_api.movement is
  'The double entry of an event and what it would do: an account below zero or past what a bigint holds, the change of exposure and of cover in force';

create type guarantee_api.double_entry as (office text, sequence bigint, "on" date, key text, lines guarantee_api.line[]);
comment on type guarantee_api.double_entry is 'The lines of an event that stands in the journal';

create type guarantee_api.account_facts as (cover numeric, undertaken numeric, security numeric);
comment on type guarantee_api.account_facts is 'What the accounts of a dispute say';

create type guarantee_api.goods_facts as (value numeric, released numeric);
comment on type guarantee_api.goods_facts is 'What the lots of a dispute say';

create type guarantee_api.position_facts as (drawn numeric, requested boolean);
comment on type guarantee_api.position_facts is 'What the guarantors'' positions in a dispute come to';

create type guarantee_api.deadline_facts as (
  allowed boolean, allowed_unknown boolean, late boolean, late_unknown boolean
);
comment on type guarantee_api.deadline_facts is 'What the deadlines of a dispute say of an event';

create type guarantee_api.facility_facts as (
  guarantor text, currency text, granted_on date, valid_to date, room bigint, consignor_room bigint
);
comment on type guarantee_api.facility_facts is
  'A guarantor''s facility at an office; room is how much more the guarantor may stand for, in all and for a consignor';

create type guarantee_api.money_facts as (
  currency text, unit bigint, amount bigint, consignor_limit bigint, counted bigint, inexact boolean
);
comment on type guarantee_api.money_facts is 'An event''s currency, if it is known, and its amounts in minor units, of which unit make one of the currency';

create type guarantee_api.fact as (
  n bigint,
  "position" integer, key text, "on" date, event text, fields jsonb, steps text[], lot text, guarantor text,
  is_reversal boolean, of_dispute boolean, of_lot boolean, of_recordal boolean, names_office boolean, adds_to text,
  guards text[], effects text[], same_as_recorded boolean, unknown_party boolean, known_party boolean,
  office text, keeper guarantee.office, closed_through date,
  dispute text, stage text, stage_since date, outcome text, award bigint, under_order boolean, procedure text,
  consignor text, dispute_currency text,
  stage_move guarantee.dispute_transition, named_lot guarantee.lot, lot_move guarantee.lot_transition,
  recordal guarantee.recordal, standing guarantee.guarantor_position, money guarantee_api.money_facts,
  past guarantee.event, made guarantee_api.movement, has guarantee_api.account_facts, goods guarantee_api.goods_facts,
  open_lot guarantee.lot, unsettled guarantee.account,
  stand guarantee_api.position_facts, due guarantee_api.deadline_facts, needs_expiry boolean,
  facility guarantee_api.facility_facts
);
comment on type guarantee_api.fact is 'All that the guards ask about an event: what it names, as it is before the event';

create type guarantee_api.verdict as (
  "position" integer, key text, "on" date, event text, fields jsonb, steps text[],
  office text, dispute text, lot text, guarantor text, currency text, amount bigint, consignor_limit bigint, consignor text,
  stage_from text, stage_to text, outcome text, lot_from text, lot_to text, reverses text,
  lines guarantee_api.line[], exposure bigint, room bigint, consignor_room bigint, drawn bigint, paid bigint, claimed bigint
);
comment on type guarantee_api.verdict is 'An accepted event with all that is to be written of it; room is how much more its guarantor may stand for, in all and for the consignor';

create type guarantee_api.outcome as (
  "position" integer, key text, fields jsonb, result text, detail jsonb, office text, sequence bigint
);
comment on type guarantee_api.outcome is 'What became of a proposed event: why it was refused, or where it stands in the journal';

create type guarantee_api.ruling as (
  outcomes guarantee_api.outcome[], accepted guarantee_api.verdict[],
  to_registers guarantee_api.verdict[], to_disputes guarantee_api.verdict[], to_lots guarantee_api.verdict[],
  to_start_deadlines guarantee_api.verdict[], to_meet_deadlines guarantee_api.verdict[], to_positions guarantee_api.verdict[],
  to_accounts guarantee_api.verdict[], to_exposure guarantee_api.verdict[]
);
comment on type guarantee_api.ruling is
  'What a round came to: the outcomes of what was refused or replayed, and the accepted events by what they are to be applied to (null: by none)';
