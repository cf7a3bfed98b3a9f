-- +goose Up
-- What a case means for the rates; one row a case.
create table rate_fact (
    case_id         text primary key,
    number          text not null,
    region          text not null,
    path            text not null,
    lead_unit       text not null,
    lead_class      text not null,
    helpers         text not null,
    barred          text not null,
    institution     text not null,
    department      text not null,
    category        text not null,
    item            text not null,
    class           text not null,
    channel         text not null,
    mode            text not null,
    route           text not null,
    state           text not null,
    received_at     bigint not null,
    due_at          bigint,
    contacted_at    bigint,
    finished_at     bigint,
    closed_at       bigint,
    feedback_at     bigint,
    overdue         integer not null,
    returns         integer not null,
    reworks         integer not null,
    merged_into     text not null,
    real_name       integer not null,
    valid           integer not null,
    first_contacted integer not null,
    first_solved    integer not null,
    first_satisfied text not null,
    last_contacted  integer not null,
    last_solved     integer not null,
    last_satisfied  text not null,
    exclusions      text not null,
    exclusion_bits  bigint not null
);
create index rate_fact_received on rate_fact (received_at);
create index rate_fact_finished on rate_fact (finished_at) where finished_at is not null;
create index rate_fact_due on rate_fact (due_at) where finished_at is null and closed_at is null;

-- Where a case counts: at every node of its path, and by every unit that works
-- on it. The flags narrow a drill-down to where its cases can be, so that the
-- rare ones are found without reading all.
create table rate_link (
    case_id     text not null references rate_fact (case_id),
    role        text not null,
    node        text not null,
    helping     integer not null,
    reserved    integer not null,
    category    text not null,
    received_at bigint not null,
    finished_at bigint,
    answered    integer not null,
    sour        integer not null,
    late        integer not null,
    excluded    integer not null,
    looped      integer not null,
    primary key (case_id, role, node)
);
create index rate_link_received on rate_link (reserved, role, node, received_at, case_id);
create index rate_link_category on rate_link (reserved, role, node, category, received_at, case_id);
create index rate_link_finished on rate_link (reserved, role, node, finished_at, case_id) where finished_at is not null;
create index rate_link_answered on rate_link (reserved, role, node, received_at, case_id) where answered = 1;
create index rate_link_sour on rate_link (reserved, role, node, received_at, case_id) where sour = 1;
create index rate_link_late on rate_link (reserved, role, node, received_at, case_id) where late = 1;
create index rate_link_excluded on rate_link (reserved, role, node, received_at, case_id) where excluded = 1;
create index rate_link_looped on rate_link (reserved, role, node, received_at, case_id) where looped = 1;

-- Who may know nothing of a case.
create table rate_barred (
    node    text not null,
    case_id text not null references rate_fact (case_id),
    primary key (node, case_id)
);
create index rate_barred_case on rate_barred (case_id);

-- Marks that facts of a region at an instant have changed: only added, and
-- taken away by the sweep that has counted them.
create table rate_dirty (
    id   text primary key,
    path text not null,
    at   bigint not null
);

-- Regions that are assessed, and up to when deadlines were looked at.
create table rate_scope (
    path text primary key
);
create table rate_mark (
    name text primary key,
    at   bigint not null
);

create table rate_window (
    id          text primary key,
    scope       text not null,
    kind        text not null,
    starts_at   bigint not null,
    ends_at     bigint not null,
    cut         text not null,
    until_at    bigint not null,
    as_of       bigint not null,
    computed_at bigint,
    complete    integer not null,
    stale       integer not null,
    size        integer not null,
    revision    integer not null,
    policy      text not null,
    signed_at   bigint,
    signed_by   text not null default '',
    signed_note text not null default ''
);
create index rate_window_scope on rate_window (scope, kind, starts_at, id);
create index rate_window_running on rate_window (ends_at) where complete = 0;
create index rate_window_stale on rate_window (id) where stale = 1;

create table rate_result (
    window_id    text not null references rate_window (id),
    subject      text not null,
    parent       text not null,
    id           text not null,
    path         text not null,
    name         text not null,
    listed       integer not null,
    place        integer not null,
    rank         integer not null,
    standing     text not null,
    figures      text not null,
    correction   text not null default '',
    corrected_at bigint,
    primary key (window_id, subject, parent, id)
);
create index rate_result_place on rate_result (window_id, subject, parent, place, id);

create table rate_total (
    window_id    text not null references rate_window (id),
    subject      text not null,
    parent       text not null,
    figures      text not null,
    averages     text not null,
    correction   text not null default '',
    corrected_at bigint,
    primary key (window_id, subject, parent)
);

-- The anonymised extract of a signed window, in parts.
create table rate_extract (
    window_id text not null references rate_window (id),
    part      integer not null,
    lines     text not null,
    primary key (window_id, part)
);
