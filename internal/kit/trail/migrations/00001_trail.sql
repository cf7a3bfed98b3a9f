-- +goose Up
create table trail (
    id       text primary key,
    kind     text not null,
    record   text not null,
    at       bigint not null,
    actor    text not null,
    act      text not null,
    was      text not null,
    became   text not null,
    reason   text not null,
    detail   text not null
);
create index trail_record on trail (kind, record, id);
