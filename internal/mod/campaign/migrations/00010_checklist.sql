-- +goose Up
-- The form, in the version in force when it was chosen, whose items institutions
-- answer; empty for the tasks of the plan.
alter table selfcheck_round add column form_id text not null default '';
alter table selfcheck_round add column form_version integer not null default 0;
