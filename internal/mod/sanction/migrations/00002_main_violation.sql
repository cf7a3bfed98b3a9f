-- +goose Up
-- The main violation of a penalty, the first of its list: V06 or V0604.
alter table sanction_penalty add column violation text not null default '';
update sanction_penalty set violation = case when substr(violations, 6, 1) = '"' then substr(violations, 3, 3) else substr(violations, 3, 5) end;

create index sanction_penalty_campaign on sanction_penalty (campaign_id);
create index sanction_subject_number on sanction_subject (certificate) where certificate <> '';
create index sanction_subject_person on sanction_subject (name) where kind = 'person';
create index sanction_subject_graded on sanction_subject (id) where grade <> 'A';
create index sanction_black_until on sanction_black (state, until_on);
