-- +goose Up
create table job (
    id          text primary key,
    kind        text not null,
    args        text not null,
    unique_key  text unique,
    run_at      bigint not null,
    attempts    integer not null default 0,
    token       text not null default '',
    dead        integer not null default 0,
    last_error  text not null default '',
    created_at  bigint not null
);
create index job_run on job (dead, run_at);
create table job_slot (
    kind text primary key,
    slot bigint not null
);
