-- +goose Up
-- Where the sealed original lies; "original" is the SHA-256 of its content.
alter table attachment add column original_at text not null default '';
