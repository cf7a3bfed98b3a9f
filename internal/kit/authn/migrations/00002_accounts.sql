-- +goose Up
-- Everybody signs in once more: of older sessions it is not known how they began.
delete from session;
alter table session add column id text not null default '';
alter table session add column name text not null default '';
alter table session add column method text not null default '';
alter table session add column state text not null default '';
alter table session add column begun_at bigint not null default 0;
alter table session add column seen_at bigint not null default 0;

create table second_factor (
    staff        text primary key,
    secret       text not null,
    begun_at     bigint not null,
    confirmed_at bigint,
    last_step    bigint not null default 0
);

create table recovery_code (
    staff   text not null,
    hash    text not null,
    used_at bigint,
    primary key (staff, hash)
);

create table passkey (
    id         text primary key,
    staff      text not null,
    credential text not null unique,
    name       text not null,
    data       text not null,
    added_at   bigint not null,
    used_at    bigint
);
create index passkey_staff on passkey (staff, added_at);

create table ceremony (
    id      text primary key,
    purpose text not null,
    staff   text not null,
    data    text not null,
    expiry  bigint not null
);
create index ceremony_expiry on ceremony (expiry);
