-- +goose Up
-- pages: of a copy that is a book; screen: the copy of a large picture that is
-- shown; masked: voices are changed in the copy; via: the record whose reporter
-- sent a file to another, with which it was joined.
alter table attachment add column pages bigint not null default 0;
alter table attachment add column screen text not null default '';
alter table attachment add column masked bigint not null default 0;
alter table attachment add column via text not null default '';
create index attachment_via on attachment (owner_kind, via) where via <> '';
-- Records in whose files, those that are still to come among them, voices are
-- changed.
create table attachment_wish (
    owner_kind text not null,
    owner_id   text not null,
    at         bigint not null,
    primary key (owner_kind, owner_id)
);
