-- +goose Up
create table audit (
    id       text primary key,
    at       bigint not null,
    actor    text not null,
    session  text not null,
    action   text not null,
    subject  text not null,
    reason   text not null,
    detail   text not null,
    digest   text not null
);
create index audit_at on audit (at, id);
create index audit_subject on audit (subject, at);
create index audit_actor on audit (actor, at);
