-- +goose Up
-- How far each milestone of coverage was reached when its day had ended. What is
-- entered later changes nothing here; a milestone that is amended is another one.
create table campaign_milestone (
    id        text primary key,
    campaign  text not null references campaign (id),
    due       text not null,
    percent   integer not null,
    kinds     text not null,
    inspected integer not null,
    in_scope  integer not null,
    judged_at bigint not null,
    unique (campaign, due, percent, kinds)
);
