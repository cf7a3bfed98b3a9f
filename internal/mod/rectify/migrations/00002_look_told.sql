-- +goose Up

-- When people were told that the day to look back had come.
alter table problem add column look_told_at bigint;
