-- +goose Up
create table search_text (
    id   integer primary key, -- rowid of its words
    kind text not null,
    ref  text not null,
    unique (kind, ref)
);
-- The words alone, not the text: what was put in cannot be read back from here.
-- The program has cut the text already, so the tokenizer only has to part words
-- at spaces; "ascii" does that and leaves everything beyond ASCII alone.
create virtual table search_word using fts5(words, content='', contentless_delete=1, tokenize='ascii');
