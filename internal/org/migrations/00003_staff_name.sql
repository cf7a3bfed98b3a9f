-- +goose Up
-- The audit log is asked by a person's name.
create index staff_name on staff (name);
