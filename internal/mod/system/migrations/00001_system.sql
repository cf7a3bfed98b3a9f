-- +goose Up
-- The years that administrators imported, each in the one-line form of
-- kit/calendar. A correction is a new row; the newest of a year holds.
create table calendar_notice (
    id          text primary key,
    year        integer not null,
    line        text not null,
    reason      text not null,
    imported_by text not null,
    imported_at bigint not null
);
create index calendar_notice_year on calendar_notice (year, id);
