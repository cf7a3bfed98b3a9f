-- +goose Up
-- What the rows of a case were as a transaction left them (fingerprint.go). The
-- salt is that of the newest fingerprint alone. What is older has neither.
alter table case_event add column fingerprint text not null default '';
alter table case_file add column salt text not null default '';
