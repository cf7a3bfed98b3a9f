-- +goose Up
create table region (
    code   text primary key,
    name   text not null,
    parent text not null,
    level  integer not null,
    path   text not null unique,
    closed integer not null default 0
);
create index region_parent on region (parent, code);

create table unit (
    id         text primary key,
    kind       text not null,
    subkind    text not null,
    parent     text not null,
    region     text not null,
    path       text not null unique,
    name       text not null,
    short_name text not null,
    phone      text not null,
    hours      text not null,
    address    text not null,
    sort       integer not null,
    closed_at  bigint,
    created_at bigint not null
);
create index unit_parent on unit (parent, kind, sort, id);
create index unit_region on unit (region, kind, name, id);
create index unit_kind on unit (kind, path);
create index unit_name on unit (name);

create table institution (
    unit_id       text primary key references unit (id),
    level         text not null,
    ownership     text not null,
    nature        text not null,
    beds          integer not null,
    licence       text not null,
    licence_until bigint,
    legal_rep     text not null,
    principal     text not null
);

create table unit_code (
    unit_id    text not null references unit (id),
    system     text not null,
    value      text not null,
    valid_from bigint not null,
    valid_to   bigint,
    primary key (system, value, valid_from)
);
create index unit_code_unit on unit_code (unit_id, system);
create unique index unit_code_current on unit_code (system, value) where valid_to is null;

create table place (
    id          text primary key,
    unit_id     text not null references unit (id),
    institution text not null references unit (id),
    path        text not null,
    kind        text not null,
    name        text not null,
    location    text not null,
    closed_at   bigint,
    created_at  bigint not null
);
create index place_institution on place (institution, kind, name, id);
create index place_unit on place (unit_id);

create table staff (
    id            text primary key,
    unit_id       text not null references unit (id),
    name          text not null,
    employee_no   text not null,
    title         text not null,
    phone         text not null,
    email         text not null,
    username      text unique,
    password      text not null,
    must_change   integer not null default 0,
    closed_at     bigint,
    last_login_at bigint,
    created_at    bigint not null
);
create index staff_unit on staff (unit_id, name, id);

create table role_grant (
    id         text primary key,
    staff_id   text not null references staff (id),
    role       text not null,
    path       text not null,
    granted_by text not null,
    granted_at bigint not null,
    revoked_by text not null,
    revoked_at bigint
);
create index role_grant_staff on role_grant (staff_id);
create index role_grant_role on role_grant (role, path);
