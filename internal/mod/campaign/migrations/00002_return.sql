-- +goose Up
-- The rows of the statistics table of a campaign; a version is never changed.
create table campaign_table (
    campaign text not null references campaign (id),
    version  integer not null,
    lines    text not null,
    reason   text not null,
    made_by  text not null,
    made_at  bigint not null,
    primary key (campaign, version)
);

-- What a unit owes by a duty. Of what is above it, it is a part.
create table campaign_return (
    id           text primary key,
    campaign     text not null references campaign (id),
    duty         text not null,
    unit         text not null,
    unit_path    text not null,
    path         text not null,
    receiver     text not null,
    above        text not null,
    title        text not null,
    kind         text not null,
    due          text not null,
    period_start text not null,
    period_end   text not null,
    state        text not null,
    revision     integer not null,
    signed       integer not null,
    placed_at    bigint not null,
    submitted_at bigint,
    warned_at    bigint,
    alarmed_at   bigint,
    unique (campaign, duty, unit)
);
create index campaign_return_above on campaign_return (above, state, signed, placed_at);
create index campaign_return_unit on campaign_return (unit_path, due, id);
create index campaign_return_open on campaign_return (state, due, id);

-- What was filled in, by revision. own and total are the numbers of the rows of a
-- version of the table, in their order; total is what was signed.
create table campaign_filing (
    return_id text not null references campaign_return (id),
    revision  integer not null,
    edit      integer not null,
    filler    text not null,
    reviewer  text not null,
    phone     text not null,
    words     text not null,
    version   integer not null,
    own       text not null,
    remarks   text not null,
    hands     text not null,
    total     text not null,
    parts     text not null,
    signed_by text not null,
    signed_at bigint,
    primary key (return_id, revision)
);
