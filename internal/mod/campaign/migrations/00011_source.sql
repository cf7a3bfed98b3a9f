-- +goose Up
-- The text from which a campaign was drafted, with what was read in it, as JSON.
create table campaign_source (
    campaign text primary key,
    words    text not null,
    plan     text not null,
    taken_at bigint not null
);
