-- +goose Up
-- SHA-256 of the files that came with a report, sorted: what its reporter proves.
alter table report add column files text not null default '[]';
