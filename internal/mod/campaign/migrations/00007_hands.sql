-- +goose Up
-- Everybody who wrote in it: none of them signs it. Of what was there before, who
-- changed it last is known.
alter table campaign_brief add column hands text not null default '[]';
update campaign_brief set hands = '["' || drafted_by || '"]';
alter table typical_case add column hands text not null default '[]';
update typical_case set hands = '["' || written_by || '"]';
