-- +goose Up
create table session (
    token  text primary key,
    staff  text not null,
    data   text not null,
    expiry bigint not null
);
create index session_expiry on session (expiry);
create index session_staff on session (staff);
