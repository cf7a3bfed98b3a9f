-- +goose Up
create table notification (
    id         text primary key,
    staff_id   text not null,
    kind       text not null,
    title_zh   text not null,
    title_en   text not null,
    body_zh    text not null,
    body_en    text not null,
    link       text not null, -- a path of the console, or empty
    created_at bigint not null,
    read_at    bigint
);
create index notification_staff on notification (staff_id, created_at, id);
create index notification_unread on notification (staff_id, created_at, id) where read_at is null;
