-- +goose Up
create table attachment (
    id         text primary key,
    owner_kind text not null,
    owner_id   text not null,
    upload     text not null,
    source     text not null,
    staff      text not null,
    name       text not null,
    claimed    text not null,
    kind       text not null,
    size       bigint not null,
    original   text not null,
    state      text not null,
    copy       text not null default '',
    copy_type  text not null default '',
    thumb      text not null default '',
    error      text not null default '',
    created_at bigint not null
);
create index attachment_owner on attachment (owner_kind, owner_id, id);
create unique index attachment_upload on attachment (upload);
