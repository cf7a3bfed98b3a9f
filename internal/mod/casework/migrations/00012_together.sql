-- +goose Up
-- How much waits for somebody is counted by what it waits for, and not by looking
-- at everything that waits for anybody.
create index case_node_together on case_node (node, waits, case_id, route) where waits <> 0;
