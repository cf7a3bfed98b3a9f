-- +goose Up
create table search_text (
    kind  text not null,
    ref   text not null,
    words tsvector not null, -- which words occur, without their places
    body  text not null,     -- the runs of the text in order, for phrases
    primary key (kind, ref)
);
-- Without fastupdate every search would first read the texts that are not yet
-- sorted into the index, and the planner would rather read the whole table.
create index search_text_words on search_text using gin (words) with (fastupdate = off);
