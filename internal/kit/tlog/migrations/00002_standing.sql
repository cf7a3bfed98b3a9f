-- +goose Up
-- What records that change were at each change (standing.go): the digest of all
-- rows of a subject, under a key that is not here. Each row has a leaf. The
-- numbers of a subject go up by one; a row that was found is what stood there
-- before a change and was not what the one before it says.
create table log_standing (
    id      text primary key,
    kind    text not null,
    subject text not null,
    n       bigint not null,
    at      bigint not null,
    found   integer not null,
    digest  bytea not null
);
create unique index log_standing_subject on log_standing (kind, subject, n);
create index log_standing_found on log_standing (kind, subject) where found = 1;
