-- +goose Up
create table search_text (
    kind  text not null,
    ref   text not null,
    words tsvector not null, -- which words occur, without their places
    body  text not null,     -- the runs of the text in order, for phrases
    primary key (kind, ref)
);
create index search_text_words on search_text using gin (words);
