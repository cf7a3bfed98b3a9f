-- +goose Up
-- Institutions that were punished or had something rectified in a campaign, to be
-- looked at again.
create table look_back (
    id         text primary key,
    campaign   text not null,
    unit       text not null,
    path       text not null,
    state      text not null,
    listed_at  bigint not null,
    result     text not null,
    checked_at bigint,
    checked_by text not null,
    inspection text not null,
    note       text not null,
    asked_by   text not null,
    asked_at   bigint,
    asked_why  text not null,
    off_at     bigint,
    off_by     text not null,
    unique (campaign, unit)
);
create index look_back_of on look_back (campaign, path);

-- Why each stands on the list. A reason is never taken away.
create table look_back_ground (
    id        text primary key,
    look_back text not null,
    kind      text not null,
    record    text not null,
    label     text not null,
    link      text not null,
    at        bigint not null,
    unique (look_back, kind, record)
);

-- Who keeps the conduct of a unit as their work (行风建设人员).
create table conduct_staff (
    id        text primary key,
    unit      text not null,
    path      text not null,
    name      text not null,
    post      text not null,
    full_time integer not null,
    since     text not null,
    until     text not null,
    added_by  text not null,
    added_at  bigint not null,
    ended_by  text not null
);
create index conduct_staff_of on conduct_staff (path, unit);
