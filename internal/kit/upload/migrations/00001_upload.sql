-- +goose Up
create table upload (
    id          text primary key,
    size        bigint not null,
    received    bigint not null,
    name        text not null,
    type        text not null,
    sha256      text not null,
    holder      text not null,
    asked       integer not null,
    kept        integer not null,
    claimed_by  text not null,
    expires_at  bigint not null
);
create index upload_expires on upload (expires_at);
create table upload_piece (
    upload_id  text not null references upload (id),
    at         bigint not null,
    name       text not null,
    size       bigint not null,
    primary key (upload_id, at)
);
