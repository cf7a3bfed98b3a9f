-- +goose Up
-- When it was destroyed who reported, and what was said and written (retain.go),
-- and which cases are over and still legible.
alter table case_file add column identity_gone_at bigint;
alter table case_file add column words_gone_at bigint;
create index case_file_legible on case_file (closed_at, id) where closed_at is not null and words_gone_at is null and merged_into = '';
