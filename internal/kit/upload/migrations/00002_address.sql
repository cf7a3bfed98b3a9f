-- +goose Up
-- Where the whole lies: the SHA-256 of its sealed bytes.
alter table upload add column address text not null default '';
