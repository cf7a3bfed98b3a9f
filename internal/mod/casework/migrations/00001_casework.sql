-- +goose Up
create table case_file (
    id             text primary key,
    number         text not null unique,
    title          text not null,
    category       text not null,
    item           text not null,
    class          text not null,
    channel        text not null,
    mode           text not null,
    urgency        text not null,
    route          text not null,
    state          text not null,
    region         text not null,
    path           text not null,
    institution    text not null,
    department     text not null,
    place          text not null,
    received_at    bigint not null,
    accepted_at    bigint,
    lead_unit      text not null default '',
    lead_path      text not null default '',
    due_at         bigint,
    contacted_at   bigint,
    finished_at    bigint,
    closed_at      bigint,
    outcome        text not null default '',
    cause          text not null default '',
    reply          text not null default '',
    returns        integer not null default 0,
    reworks        integer not null default 0,
    paused_at      bigint,
    hard           integer not null default 0,
    supervision    integer not null default 0,
    merged_into    text not null default '',
    repeat_of      text not null default '',
    policy         text not null
);
create index case_file_place on case_file (place, category, received_at);
create index case_file_repeat on case_file (repeat_of);
create index case_file_merged on case_file (merged_into);

-- Who may find a case: one row for each node of the tree from which it is
-- seen, carrying what lists filter and sort by, so that a list is a range of
-- one index however many cases there are.
create table case_node (
    node        text not null,
    case_id     text not null references case_file (id),
    state       text not null,
    open        integer not null,
    route       text not null,
    category    text not null,
    received_at bigint not null,
    due_at      bigint not null,
    primary key (case_id, node)
);
create index case_node_received on case_node (node, received_at, case_id);
create index case_node_state on case_node (node, state, received_at, case_id);
create index case_node_category on case_node (node, category, received_at, case_id);
create index case_node_due on case_node (node, open, due_at, case_id);

create table case_exclusion (
    case_id  text not null references case_file (id),
    node     text not null,
    reason   text not null,
    added_by text not null,
    added_at bigint not null,
    primary key (case_id, node)
);

create table case_assignment (
    id            text primary key,
    case_id       text not null references case_file (id),
    unit_id       text not null,
    unit_path     text not null,
    part          text not null,
    handler       text not null default '',
    handler_unit  text not null default '',
    handler_path  text not null default '',
    designated    integer not null default 0,
    dispatched_by text not null,
    dispatched_at bigint not null,
    signed_by     text not null default '',
    signed_at     bigint,
    finished_at   bigint,
    ended_at      bigint,
    ended_by      text not null default '',
    opinion       text not null default ''
);
create index case_assignment_case on case_assignment (case_id, dispatched_at);
create index case_assignment_unit on case_assignment (unit_id, ended_at);

create table case_event (
    id       text primary key,
    case_id  text not null references case_file (id),
    at       bigint not null,
    actor    text not null,
    unit_id  text not null,
    action   text not null,
    from_state text not null,
    to_state text not null,
    reason   text not null,
    public   text not null,
    detail   text not null
);
create index case_event_case on case_event (case_id, id);

create table case_clock (
    case_id     text not null references case_file (id),
    kind        text not null,
    unit_id     text not null,
    started_at  bigint not null,
    time_limit  text not null,
    due_at      bigint not null,
    provisional integer not null,
    level       integer not null,
    next_at     bigint,
    paused_at   bigint,
    paused_ms   bigint not null default 0,
    met_at      bigint,
    extended    integer not null default 0,
    primary key (case_id, kind, unit_id)
);
create index case_clock_next on case_clock (next_at) where next_at is not null;

create table case_request (
    id         text primary key,
    case_id    text not null references case_file (id),
    kind       text not null,
    asked_by   text not null,
    unit_id    text not null,
    reason     text not null,
    detail     text not null,
    asked_at   bigint not null,
    state      text not null,
    decided_by text not null default '',
    decided_at bigint,
    decision   text not null default ''
);
create index case_request_case on case_request (case_id, asked_at);
create unique index case_request_pending on case_request (case_id, kind) where state = 'pending';
create index case_request_state on case_request (state, asked_at, id);

create table case_message (
    id      text primary key,
    case_id text not null references case_file (id),
    at      bigint not null,
    author  text not null,
    unit_id text not null,
    body    text not null
);
create index case_message_case on case_message (case_id, id);

create table case_callback (
    id        text primary key,
    case_id   text not null references case_file (id),
    round     integer not null,
    at        bigint not null,
    method    text not null,
    actor     text not null,
    reached   integer not null,
    contacted text not null,
    solved    text not null,
    satisfied text not null,
    remark    text not null,
    valid     integer not null
);
create index case_callback_case on case_callback (case_id, id);
