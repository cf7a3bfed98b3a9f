-- +goose Up
-- The checklist that goes with an item, and with a task (检查表).
alter table inspection_item add column form_id text not null default '';
alter table inspection_task add column form_id text not null default '';

-- What a phone handed in of an inspection: each row is one version of the visit.
create table inspection_visit (
    id           text primary key,
    task_id      text not null references inspection_task (id),
    number       integer not null,
    reason       text not null,
    form_id      text not null,
    form_version integer not null,
    problems     text not null,
    photos       text not null,
    signatures   text not null,
    latitude     text not null,
    longitude    text not null,
    began_at     bigint not null,
    ended_at     bigint not null,
    sent_at      bigint not null,
    received_at  bigint not null,
    given_by     text not null,
    digest       text not null,
    unique (task_id, number)
);
