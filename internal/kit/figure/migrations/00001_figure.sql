-- +goose Up
-- Figures as they were when somebody signed for them.
create table figure_frozen (
    holder    text not null,
    name      text not null,
    narrowed  text not null,
    path      text not null,
    from_at   bigint not null,
    until_at  bigint not null,
    number    bigint not null,
    among     bigint not null,
    settings  text not null,
    at        bigint not null,
    primary key (holder, name, narrowed, path, from_at, until_at)
);
