-- +goose Up
-- Which campaign has its institutions examine themselves, and in which stage.
create table selfcheck_round (
    campaign  text primary key,
    stage     text not null,
    opened_by text not null,
    opened_at bigint not null
);

-- One line for each institution that is to examine itself. What it answered stands in
-- content, as JSON, what it has typed and not sent in draft. The link is kept as a
-- MAC: whoever reads the table opens none.
create table selfcheck (
    id           text primary key,
    campaign     text not null,
    unit         text not null,
    path         text not null,
    region       text not null,
    kind         text not null,
    state        text not null,
    asked_at     bigint not null,
    ended_at     bigint,
    link         integer not null,
    mac          text not null unique,
    revoked_at   bigint,
    number       text not null,
    revision     integer not null,
    content      text not null,
    draft        text not null,
    submitted_at bigint,
    changed_at   bigint,
    unique (campaign, unit)
);
create index selfcheck_below on selfcheck (campaign, path);

-- What an institution sent, each time.
create table selfcheck_revision (
    id        text primary key,
    selfcheck text not null,
    n         integer not null,
    at        bigint not null,
    content   text not null,
    unique (selfcheck, n)
);

-- The problems that institutions found themselves, for figures. The words stand in
-- the content.
create table selfcheck_problem (
    id           text primary key,
    selfcheck    text not null,
    category     text not null,
    found_at     bigint not null,
    corrected_at bigint,
    ledger       text not null
);
create index selfcheck_problem_of on selfcheck_problem (selfcheck);
