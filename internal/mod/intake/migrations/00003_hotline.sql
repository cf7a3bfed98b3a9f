-- +goose Up
-- An order of the hotline becomes one case, however often its file is imported.
create unique index report_order on report (source_no) where channel = 'hotline_12345' and source_no <> '';

-- Files that were imported. What was wrong with them was told then; it is not kept.
create table hotline_import (
    id       text primary key,
    name     text not null,
    total    integer not null,
    imported integer not null,
    by_staff text not null,
    path     text not null,
    at       bigint not null
);
create index hotline_import_age on hotline_import (at, id);
