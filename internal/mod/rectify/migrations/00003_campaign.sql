-- +goose Up
create index problem_campaign on problem (campaign_id);
