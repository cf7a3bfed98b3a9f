-- +goose Up
-- What is planned stands in content, as JSON: it is written and amended as a whole.
create table campaign (
    id         text primary key,
    number     text not null unique,
    title      text not null,
    state      text not null,
    path       text not null,
    owner      text not null,
    content    text not null,
    starts_on  text not null,
    ends_on    text not null,
    revision   integer not null,
    created_by text not null,
    created_at bigint not null
);
create index campaign_path on campaign (path, created_at, id);
create index campaign_made on campaign (created_at, id);
