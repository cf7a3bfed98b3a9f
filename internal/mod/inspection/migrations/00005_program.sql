-- +goose Up
-- The secret of the program, which witnesses every draw, until the draw.
alter table inspection_witness add column sealed text not null default '';
-- When a witness first opened the link.
alter table inspection_witness add column opened_at bigint;
