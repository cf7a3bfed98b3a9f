-- +goose Up
-- Social supervisors stand on the library of inspectors, without a certificate.
alter table inspection_officer add column kind text not null default 'inspector';
drop index inspection_officer_cert;
create unique index inspection_officer_cert on inspection_officer (cert_no) where cert_no <> '';

-- What is on record of a social supervisor (社会监督员) beside that.
create table inspection_monitor (
    officer_id   text primary key references inspection_officer (id),
    walk         text not null,
    phone        text not null,
    districts    text not null,
    recruited_by text not null,
    recruited_on bigint not null,
    training     text not null,
    trained_on   bigint,
    term_from    bigint not null,
    term_until   bigint not null
);
create unique index inspection_monitor_phone on inspection_monitor (phone);

-- What the office made of a problem that a social supervisor found.
create table inspection_clue (
    id       text primary key,
    task_id  text not null references inspection_task (id),
    visit_id text not null,
    number   integer not null,
    fate     text not null,
    category text not null,
    text     text not null,
    due_at   bigint,
    reason   text not null,
    found_by text not null,
    found_at bigint not null,
    by_staff text not null,
    at       bigint not null,
    unique (visit_id, number)
);
create index inspection_clue_task on inspection_clue (task_id, id);
