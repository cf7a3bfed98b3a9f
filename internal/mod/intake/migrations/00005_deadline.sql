-- +goose Up
-- By when the reporter was promised an answer at acceptance; an extension moves
-- the case's deadline, never this one. Unset for reports of before the log.
alter table report add column deadline bigint;
