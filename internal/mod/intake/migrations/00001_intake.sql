-- +goose Up
create table place_code (
    id          text primary key,
    token       text not null unique,
    place       text not null,
    institution text not null,
    path        text not null,
    words       text not null,
    made_by     text not null,
    made_at     bigint not null,
    printed_at  bigint,
    revoked_by  text not null default '',
    revoked_at  bigint,
    revoke_reason text not null default '',
    replaced_by text not null default ''
);
create index place_code_place on place_code (place, revoked_at);
create index place_code_institution on place_code (institution, revoked_at, id);

-- Scans by day, written in batches: every batch is a row of its own, so that
-- two servers, or two patients, never wait for each other.
create table place_scan (
    code text not null,
    day  text not null,
    part text not null,
    n    integer not null,
    primary key (code, day, part)
);

create table report (
    id           text primary key,
    number       text not null unique,
    channel      text not null,
    category     text not null,
    item         text not null,
    class        text not null,
    mode         text not null,
    region       text not null,
    path         text not null,
    institution  text not null,
    department   text not null,
    place        text not null,
    code         text not null,
    narrative    text not null,
    wish         text not null,
    about        text not null,
    occurred_on  text not null,
    answers      text not null,
    lang         text not null,
    received_at  bigint not null,
    entered_by   text not null,
    source_no    text not null,
    dedupe       text unique
);
create index report_source on report (channel, source_no);

create table reporter (
    report_id text primary key references report (id),
    name      text not null,
    phone     text not null
);

create table receipt (
    mac       text primary key,
    report_id text not null references report (id)
);
create index receipt_report on receipt (report_id);
