-- +goose Up
-- Who may be inspected (检查对象名录库).
create table inspection_target (
    id         text primary key,
    unit_id    text not null,
    path       text not null,
    district   text not null,
    name       text not null,
    kind       text not null,
    level      text not null,
    ownership  text not null,
    licence    text not null,
    credit     text not null,
    source     text not null,
    active     integer not null,
    reason     text not null,
    created_at bigint not null,
    changed_at bigint not null
);
create unique index inspection_target_unit on inspection_target (unit_id) where unit_id <> '';
create unique index inspection_target_name on inspection_target (district, name) where unit_id = '';
create index inspection_target_path on inspection_target (path);

-- Each credit class that a target had, and why.
create table inspection_credit (
    id        text primary key,
    target_id text not null references inspection_target (id),
    class     text not null,
    was       text not null,
    reason    text not null,
    by_staff  text not null,
    at        bigint not null
);
create index inspection_credit_target on inspection_credit (target_id, id);

-- Who may inspect (执法检查人员名录库).
create table inspection_officer (
    id          text primary key,
    staff_id    text not null,
    name        text not null,
    agency      text not null,
    path        text not null,
    district    text not null,
    cert_no     text not null,
    cert_until  bigint,
    active      integer not null,
    reason      text not null,
    created_at  bigint not null,
    changed_at  bigint not null
);
create unique index inspection_officer_cert on inspection_officer (cert_no);
create index inspection_officer_path on inspection_officer (path);
create index inspection_officer_staff on inspection_officer (staff_id);

-- What keeps somebody from a target (回避).
create table inspection_recusal (
    id         text primary key,
    officer_id text not null references inspection_officer (id),
    target_id  text not null references inspection_target (id),
    kind       text not null,
    since      bigint not null,
    until      bigint,
    reason     text not null,
    by_staff   text not null,
    at         bigint not null,
    ended_at   bigint,
    ended_by   text not null
);
create index inspection_recusal_officer on inspection_recusal (officer_id);
create index inspection_recusal_target on inspection_recusal (target_id);

-- What is inspected (检查事项).
create table inspection_item (
    id         text primary key,
    path       text not null,
    code       text not null,
    name       text not null,
    tier       text not null,
    basis      text not null,
    kinds      text not null,
    active     integer not null,
    created_at bigint not null,
    unique (path, code)
);

create table inspection_plan (
    id           text primary key,
    path         text not null,
    district     text not null,
    year         integer not null,
    title        text not null,
    note         text not null,
    state        text not null,
    created_by   text not null,
    created_at   bigint not null,
    published_at bigint,
    done_at      bigint
);
create index inspection_plan_path on inspection_plan (path, year);

create table inspection_batch (
    id        text primary key,
    plan_id   text not null references inspection_plan (id),
    number    integer not null,
    title     text not null,
    draw_on   bigint not null,
    due_on    bigint not null,
    portion   integer not null,
    kinds     text not null,
    districts text not null,
    items     text not null,
    unique (plan_id, number)
);

create table inspection_draw (
    id             text primary key,
    number         text not null unique,
    what           text not null,
    kind           text not null,
    title          text not null,
    plan_id        text not null,
    batch_id       text not null,
    campaign_id    text not null,
    path           text not null,
    state          text not null,
    scope          text not null,
    list_hash      text not null,
    list           text not null,
    share_version  text not null,
    targets        integer not null,
    inspectors     integer not null,
    drawn          integer not null,
    prepared_by    text not null,
    prepared_at    bigint not null,
    sealed_at      bigint,
    drawn_at       bigint,
    drawn_by       text not null,
    result         text not null,
    replaced       text not null,
    published_at   bigint,
    reason         text not null
);
create index inspection_draw_path on inspection_draw (path, prepared_at);
create index inspection_draw_batch on inspection_draw (batch_id) where batch_id <> '';

create table inspection_witness (
    id           text primary key,
    draw_id      text not null references inspection_draw (id),
    number       integer not null,
    name         text not null,
    token        text not null unique,
    commitment   text not null,
    committed_at bigint,
    secret       text not null,
    revealed_at  bigint,
    unique (draw_id, number)
);

-- What was fixed of a draw, and when; each has a leaf in the log that outsiders can
-- check.
create table inspection_seal (
    id      text primary key,
    draw_id text not null references inspection_draw (id),
    what    text not null,
    hash    text not null,
    at      bigint not null
);
create index inspection_seal_draw on inspection_seal (draw_id, id);

-- One target that is, or was, to be inspected. A visit hangs on it, and every
-- figure about inspections is a count of these rows.
create table inspection_task (
    id             text primary key,
    number         text not null unique,
    kind           text not null,
    round          integer not null,
    plan_id        text not null,
    batch_id       text not null,
    draw_id        text not null,
    campaign_id    text not null,
    look_back_of   text not null,
    target_id      text not null references inspection_target (id),
    target_name    text not null,
    target_kind    text not null,
    level          text not null,
    ownership      text not null,
    credit         text not null,
    licence        text not null,
    unit_id        text not null,
    path           text not null,
    owner_path     text not null,
    items          text not null,
    state          text not null,
    reason         text not null,
    created_by     text not null,
    created_at     bigint not null,
    due_at         bigint not null,
    started_at     bigint,
    inspected_at   bigint,
    conclusion     text not null,
    violation      integer not null,
    note           text not null,
    opinion_no     text not null,
    concluded_by   text not null,
    concluded_at   bigint,
    checked_by     text not null,
    checked_at     bigint,
    publish_due_at bigint,
    published_by   text not null,
    published_at   bigint,
    alarmed_at     bigint,
    replaced_by    text not null
);
create index inspection_task_path on inspection_task (path, created_at);
create index inspection_task_owner on inspection_task (owner_path, created_at);
create index inspection_task_target on inspection_task (target_id, id);
create index inspection_task_draw on inspection_task (draw_id) where draw_id <> '';
create index inspection_task_plan on inspection_task (plan_id) where plan_id <> '';
create index inspection_task_late on inspection_task (publish_due_at) where state = 'concluded';
create index inspection_task_public on inspection_task (published_at, id) where state = 'published';

create table inspection_member (
    task_id    text not null references inspection_task (id),
    officer_id text not null,
    staff_id   text not null,
    name       text not null,
    cert_no    text not null,
    agency     text not null,
    number     integer not null,
    primary key (task_id, officer_id)
);
create index inspection_member_officer on inspection_member (officer_id);
create index inspection_member_staff on inspection_member (staff_id);

create table inspection_problem (
    id       text primary key,
    task_id  text not null references inspection_task (id),
    number   integer not null,
    category text not null,
    text     text not null,
    due_at   bigint,
    unique (task_id, number)
);
