-- +goose Up
-- Briefs and summaries of a campaign. The text holds marks for figures, whose values
-- at the time of drafting stand in facts.
create table campaign_brief (
    id         text primary key,
    campaign   text not null,
    path       text not null,
    kind       text not null,
    issue      integer not null,
    state      text not null,
    title      text not null,
    blocks     text not null,
    facts      text not null,
    revision   integer not null,
    drafted_by text not null,
    created_at bigint not null,
    signed_by  text not null,
    signed_at  bigint,
    issued_at  bigint
);
create index campaign_brief_of on campaign_brief (campaign, created_at, id);
create unique index campaign_brief_issue on campaign_brief (campaign, kind, issue) where issue > 0;
