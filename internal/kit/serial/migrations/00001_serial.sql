-- +goose Up
create table serial (
    series text primary key,
    next   bigint not null -- the lowest number that nobody has reserved
);
