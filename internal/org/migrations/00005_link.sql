-- +goose Up
-- The personal link of an account that a link may open (light.go). Of the link only
-- the hash is here, of the PIN only what the hasher makes of it.
create table account_link (
    staff_id  text primary key references staff (id),
    token     text not null unique,
    made_by   text not null,
    made_at   bigint not null,
    until     bigint not null,
    ended_at  bigint,
    ended_by  text not null,
    pin       text not null,
    chosen_at bigint,
    misses    integer not null default 0
);
