-- +goose Up
-- Whether what the report says is sealed (seal.go). Who reported always is.
alter table report add column sealed integer not null default 0;
