-- +goose Up
-- What a result said that was sent back (退回的检查结果). No row is ever changed.
create table inspection_sent_back (
    id           text primary key,
    task_id      text not null references inspection_task (id),
    number       integer not null,
    conclusion   text not null,
    violation    integer not null,
    inspected_at bigint not null,
    opinion_no   text not null,
    note         text not null,
    problems     text not null,
    concluded_by text not null,
    concluded_at bigint not null,
    by_staff     text not null,
    at           bigint not null,
    reason       text not null,
    unique (task_id, number)
);
