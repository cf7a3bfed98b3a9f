-- +goose Up
alter table staff add column dormant_at bigint;
alter table staff add column awake_at bigint;
alter table staff add column warned_at bigint;
-- Who gave the last one-time password, until when it can be used, and who took
-- second factors away that have not been set up again.
alter table staff add column password_by text not null default '';
alter table staff add column password_until bigint;
alter table staff add column factors_by text not null default '';

-- Who somebody is at the provider of single sign-on.
create table identity (
    issuer    text not null,
    subject   text not null,
    staff_id  text not null references staff (id),
    linked_by text not null,
    linked_at bigint not null,
    primary key (issuer, subject)
);
create unique index identity_staff on identity (staff_id, issuer);
