-- +goose Up
-- Who opened who reported, and who asked to (disclosure.go). One request of a
-- person about a report waits at a time.
create table case_disclosure (
    id         text primary key,
    case_id    text not null references case_file (id),
    path       text not null,
    asked_by   text not null,
    unit_id    text not null,
    purpose    text not null,
    reason     text not null,
    guarded    integer not null,
    asked_at   bigint not null,
    state      text not null,
    lapses_at  bigint,
    decided_by text not null default '',
    decided_at bigint,
    decision   text not null default '',
    opened_at  bigint,
    ends_at    bigint
);
create index case_disclosure_case on case_disclosure (case_id, id);
create unique index case_disclosure_pending on case_disclosure (case_id, asked_by) where state = 'pending';
create index case_disclosure_waiting on case_disclosure (lapses_at, id) where state = 'pending';
create index case_disclosure_guarded on case_disclosure (asked_at, id) where guarded = 1;
