-- +goose Up
-- What a publication of a penalty says was imposed, and when the decision was
-- served; those from before say neither.
alter table sanction_publication add column measures text not null default '[]';
alter table sanction_publication add column served_on bigint;
