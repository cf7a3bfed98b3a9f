-- +goose Up
create table form (
    id         text primary key,
    owner_path text not null,
    purpose    text not null,
    name_zh    text not null,
    name_en    text not null,
    draft      text not null,
    revision   bigint not null,
    published  bigint not null,
    current    bigint not null,
    created_by text not null,
    created_at bigint not null,
    changed_at bigint not null,
    retired_at bigint
);
create index form_owner on form (owner_path);
create index form_time on form (created_at, id);

create table form_version (
    id           text primary key,
    form_id      text not null references form (id),
    n            bigint not null,
    document     text not null,
    reason       text not null,
    published_by text not null,
    published_at bigint not null,
    unique (form_id, n)
);

create table form_answer (
    id          text primary key,
    form_id     text not null references form (id),
    version_id  text not null references form_version (id),
    path        text not null,
    subject     text not null,
    content     text not null,
    digest      text not null,
    given_by    text not null,
    filled_at   bigint not null,
    given_at    bigint not null,
    replaced_by text not null
);
create index form_answer_form on form_answer (form_id, given_at, id);
create index form_answer_subject on form_answer (subject, id);

-- What answers say, one row for each thing said. Drawn from form_answer.
create table form_value (
    answer_id text not null references form_answer (id),
    form_id   text not null,
    field     text not null,
    item      bigint not null,
    number    bigint,
    text      text,
    ref       text,
    at        bigint,
    primary key (answer_id, field, item)
);
create index form_value_field on form_value (form_id, field, text);
