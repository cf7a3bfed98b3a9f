-- +goose Up
create table case_supervision (
    id          text primary key,
    case_id     text not null references case_file (id),
    level       integer not null,
    demand      text not null,
    due_at      bigint not null,
    ordered_by  text not null,
    unit_id     text not null,
    ordered_at  bigint not null,
    answer      text not null default '',
    answered_by text not null default '',
    answered_at bigint,
    closed_by   text not null default '',
    closed_at   bigint
);
create index case_supervision_case on case_supervision (case_id, id);
create index case_supervision_open on case_supervision (due_at) where closed_at is null;

create table case_investigation (
    id         text primary key,
    case_id    text not null references case_file (id),
    kind       text not null,
    at         bigint not null,
    place      text not null,
    people     text not null,
    summary    text not null,
    noted_by   text not null,
    noted_at   bigint not null
);
create index case_investigation_case on case_investigation (case_id, id);

create table case_disposition (
    id         text primary key,
    case_id    text not null references case_file (id),
    way        text not null,
    reason     text not null,
    decided_by text not null,
    decided_at bigint not null
);
create index case_disposition_case on case_disposition (case_id, id);

create table dispatch_rule (
    id         text primary key,
    category   text not null,
    class      text not null,
    scope      text not null,
    target     text not null,
    unit_id    text not null,
    helpers    text not null,
    reason     text not null,
    made_by    text not null,
    made_at    bigint not null,
    ended_at   bigint
);
create index dispatch_rule_category on dispatch_rule (ended_at, category);
