-- +goose Up
-- Typical cases of a campaign, without names, for the public.
create table typical_case (
    id           text primary key,
    number       text not null unique,
    campaign     text not null,
    path         text not null,
    state        text not null,
    title        text not null,
    text         text not null,
    category     text not null,
    unit         text not null,
    anonymous    integer not null,
    revision     integer not null,
    written_by   text not null,
    created_at   bigint not null,
    approved_by  text not null,
    published_at bigint,
    withdrawn_at bigint
);
create index typical_case_of on typical_case (campaign, created_at, id);
create index typical_case_public on typical_case (published_at, id);
