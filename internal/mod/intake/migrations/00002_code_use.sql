-- +goose Up
-- A place has one live code at a time, whoever makes it.
create unique index place_code_live on place_code (place) where revoked_at is null;
-- Lists of codes are in order of age.
create index place_code_age on place_code (made_at, id);
-- Scans of a period, whatever the code.
create index place_scan_day on place_scan (day, code);
