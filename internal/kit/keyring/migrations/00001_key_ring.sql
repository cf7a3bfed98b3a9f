-- +goose Up
create table key_ring (
    one         integer primary key check (one = 1),
    fingerprint text not null
);
