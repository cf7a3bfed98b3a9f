-- +goose Up
-- Whoever a sanction is about, once each: the credit record hangs on it.
create table sanction_subject (
    id          text primary key,
    kind        text not null,
    name        text not null,
    unit        text not null,
    certificate text not null,
    path        text not null,
    region      text not null,
    grade       text not null,
    created_at  bigint not null
);
create unique index sanction_subject_unit on sanction_subject (unit) where kind = 'institution';
create unique index sanction_subject_certificate on sanction_subject (certificate) where kind = 'practitioner';
create index sanction_subject_path on sanction_subject (path);

create table sanction_penalty (
    id            text primary key,
    number        text not null unique,
    subject_id    text not null references sanction_subject (id),
    subject_kind  text not null,
    name          text not null,
    path          text not null,
    region        text not null,
    institution   text not null,
    violations    text not null,
    basis         text not null,
    facts         text not null,
    ended_on      bigint,
    found_on      bigint not null,
    grave         integer not null,
    officers      text not null,
    spot          integer not null,
    source        text not null,
    source_id     text not null,
    campaign_id   text not null,
    state         text not null,
    filed_on      bigint not null,
    notice_on     bigint,
    waived        integer not null,
    hearing_on    bigint,
    decided_on    bigint,
    decision_no   text not null,
    late_reason   text not null,
    served_on     bigint,
    paid_on       bigint,
    paid_fen      bigint not null,
    late_fen      bigint not null,
    late_paid_fen bigint not null,
    executed_on   bigint,
    closed_on     bigint,
    annulled_on   bigint,
    unpublished   text not null,
    created_by    text not null,
    created_at    bigint not null
);
create index sanction_penalty_path on sanction_penalty (path, filed_on);
create index sanction_penalty_subject on sanction_penalty (subject_id);
create index sanction_penalty_source on sanction_penalty (source, source_id);

-- One row a measure: what is counted is a count or a sum of these.
create table sanction_measure (
    id           text primary key,
    penalty_id   text not null references sanction_penalty (id),
    subject_id   text not null,
    subject_kind text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    violation    text not null,
    campaign_id  text not null,
    kind         text not null,
    penal        integer not null,
    amount_fen   bigint not null,
    months       integer not null,
    note         text not null,
    decided_on   bigint not null,
    revoked_on   bigint
);
create index sanction_measure_penalty on sanction_measure (penalty_id);
create index sanction_measure_subject on sanction_measure (subject_id, decided_on);
create index sanction_measure_path on sanction_measure (path, decided_on);

create table sanction_held (
    id         text primary key,
    penalty_id text not null references sanction_penalty (id),
    layer      text not null,
    name       text not null,
    post       text not null,
    measure    text not null,
    reason     text not null,
    held_on    bigint not null
);
create index sanction_held_penalty on sanction_held (penalty_id);

create table sanction_clock (
    id          text primary key,
    record      text not null,
    kind        text not null,
    path        text not null,
    number      text not null,
    link        text not null,
    started_on  bigint not null,
    time_limit  text not null,
    version     text not null,
    due_at      bigint not null,
    provisional integer not null,
    met_on      bigint,
    level       integer not null,
    next_at     bigint
);
create index sanction_clock_record on sanction_clock (record);
create index sanction_clock_next on sanction_clock (next_at) where next_at is not null;

create table sanction_pass (
    id         text primary key,
    subject_id text not null references sanction_subject (id),
    path       text not null,
    region     text not null,
    passed_on  bigint not null,
    years      integer not null,
    beds       integer not null,
    made_by    text not null,
    created_at bigint not null
);
create index sanction_pass_subject on sanction_pass (subject_id, passed_on);

create table sanction_point (
    id           text primary key,
    number       text not null unique,
    subject_id   text not null references sanction_subject (id),
    subject_kind text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    scheme       text not null,
    cycle        text not null,
    year         integer not null,
    rule         text not null,
    violation    text not null,
    points       integer not null,
    per          text not null,
    times        integer not null,
    total        integer not null,
    band         text not null,
    shift        integer not null,
    shift_reason text not null,
    found_on     bigint not null,
    confirmed_on bigint not null,
    notice_no    text not null,
    notice_on    bigint,
    served_on    bigint,
    defence      text not null,
    penalty_id   text not null,
    source       text not null,
    source_id    text not null,
    campaign_id  text not null,
    state        text not null,
    version      text not null,
    voided_on    bigint,
    void_reason  text not null,
    created_by   text not null,
    created_at   bigint not null
);
create index sanction_point_subject on sanction_point (subject_id, scheme, cycle);
create index sanction_point_path on sanction_point (path, confirmed_on);

create table sanction_consequence (
    id           text primary key,
    subject_id   text not null references sanction_subject (id),
    subject_kind text not null,
    path         text not null,
    region       text not null,
    scheme       text not null,
    cycle        text not null,
    year         integer not null,
    threshold    text not null,
    effect_zh    text not null,
    effect_en    text not null,
    total        integer not null,
    point_id     text not null,
    least_months integer not null,
    most_months  integer not null,
    months       integer not null,
    bar_months   integer not null,
    state        text not null,
    from_on      bigint,
    until_on     bigint,
    reason       text not null,
    decided_by   text not null,
    version      text not null,
    created_at   bigint not null
);
create index sanction_consequence_subject on sanction_consequence (subject_id, scheme, cycle);
create index sanction_consequence_path on sanction_consequence (path, created_at);

create table sanction_grade (
    id         text primary key,
    subject_id text not null references sanction_subject (id),
    path       text not null,
    grade      text not null,
    score      integer not null,
    version    text not null,
    graded_at  bigint not null
);
create index sanction_grade_subject on sanction_grade (subject_id, graded_at);

create table sanction_black (
    id           text primary key,
    number       text not null unique,
    subject_id   text not null references sanction_subject (id),
    subject_kind text not null,
    name         text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    penalty_id   text not null,
    gravity      text not null,
    reason       text not null,
    from_on      bigint not null,
    until_on     bigint not null,
    state        text not null,
    ended_on     bigint,
    end_reason   text not null,
    campaign_id  text not null,
    created_by   text not null,
    created_at   bigint not null
);
create index sanction_black_subject on sanction_black (subject_id);
create index sanction_black_path on sanction_black (path, created_at);

create table sanction_publication (
    id           text primary key,
    kind         text not null,
    record       text not null,
    subject_id   text not null references sanction_subject (id),
    subject_kind text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    name         text not null,
    title        text not null,
    text         text not null,
    basis        text not null,
    number       text not null,
    decided_on   bigint not null,
    gravity      text not null,
    from_on      bigint not null,
    until_on     bigint not null,
    state        text not null,
    replaces     text not null,
    proposed_by  text not null,
    proposed_at  bigint not null,
    approved_by  text not null,
    approved_at  bigint,
    withdrawn_by text not null,
    withdrawn_at bigint,
    reason       text not null
);
create index sanction_publication_record on sanction_publication (record);
create index sanction_publication_path on sanction_publication (path, proposed_at);
create index sanction_publication_public on sanction_publication (state, from_on, id);

create table sanction_transfer (
    id           text primary key,
    number       text not null unique,
    penalty_id   text not null,
    subject_id   text not null,
    subject_kind text not null,
    name         text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    agency       text not null,
    matter       text not null,
    materials    text not null,
    state        text not null,
    sent_on      bigint not null,
    receipt_no   text not null,
    receipt_on   bigint,
    result       text not null,
    result_on    bigint,
    closed_on    bigint,
    reason       text not null,
    source       text not null,
    source_id    text not null,
    campaign_id  text not null,
    created_by   text not null,
    created_at   bigint not null
);
create index sanction_transfer_path on sanction_transfer (path, sent_on);
create index sanction_transfer_subject on sanction_transfer (subject_id);

create table sanction_veto (
    id           text primary key,
    subject_id   text not null references sanction_subject (id),
    subject_kind text not null,
    name         text not null,
    path         text not null,
    region       text not null,
    institution  text not null,
    penalty_id   text not null,
    uses         text not null,
    reason       text not null,
    from_on      bigint not null,
    until_on     bigint not null,
    lifted_on    bigint,
    lift_reason  text not null,
    created_by   text not null,
    created_at   bigint not null
);
create index sanction_veto_subject on sanction_veto (subject_id);
create index sanction_veto_path on sanction_veto (path, created_at);
