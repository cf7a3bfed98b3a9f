-- +goose Up
-- The sequencer locks this one row; nobody else writes it.
create table log_head (
    one     integer primary key,
    size    bigint not null,
    adopted integer not null
);
insert into log_head (one, size, adopted) values (1, 0, 0);

-- What each leaf is about, and the salt that opens it, which is sealed where a
-- key is named. None of this is public but the entry. A leaf without an index
-- waits for the sequencer.
create table log_leaf (
    record    text not null,
    kind      text not null,
    entry     bytea not null,
    sealed_by text not null,
    salt      text not null,
    at        bigint not null,
    idx       bigint,
    primary key (record, kind)
);
create unique index log_leaf_idx on log_leaf (idx) where idx is not null;
create index log_leaf_waiting on log_leaf (record, kind) where idx is null;

-- What the log says of itself: each row has a leaf, as any other record.
create table log_remark (
    id     text primary key,
    at     bigint not null,
    what   text not null,
    detail text not null
);

-- Where a leaf hash stands: its first eight bytes, as a number.
create table log_place (
    prefix bigint not null,
    idx    bigint not null
);
create index log_place_prefix on log_place (prefix);

create table log_tile (
    level  integer not null,
    n      bigint not null,
    hashes bytea not null,
    primary key (level, n)
);

-- Each checkpoint is linked with the one before it (-1: none), by a signature, so
-- that none can be taken out.
create table log_checkpoint (
    size   bigint primary key,
    note   text not null,
    at     bigint not null,
    before bigint not null,
    link   text not null
);

create table log_cosignature (
    size    bigint not null references log_checkpoint (size),
    witness text not null,
    line    text not null,
    at      bigint not null,
    primary key (size, witness)
);
