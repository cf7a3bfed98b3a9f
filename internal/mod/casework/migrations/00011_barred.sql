-- +goose Up
-- A count asks which cases keep somebody out, not of each case whom it keeps out.
create index case_exclusion_node on case_exclusion (node, case_id);
