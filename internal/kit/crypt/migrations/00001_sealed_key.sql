-- +goose Up
-- The wrapped key of each record that has sealed fields or files. A destroyed
-- key leaves its row, so that what it sealed is not taken for damaged.
create table sealed_key (
    record       text primary key,
    generation   integer not null,
    wrapped      text not null,
    made_at      bigint not null,
    destroyed_at bigint
);
create index sealed_key_generation on sealed_key (generation, record) where destroyed_at is null;
