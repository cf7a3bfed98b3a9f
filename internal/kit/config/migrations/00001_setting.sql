-- +goose Up
create table setting_version (
    id             text primary key,
    key            text not null,
    scope          text not null,
    effective_from bigint not null,
    value          text not null,
    source         text not null,
    reason         text not null,
    changed_by     text not null,
    created_at     bigint not null
);
create index setting_version_key on setting_version (key, effective_from);
