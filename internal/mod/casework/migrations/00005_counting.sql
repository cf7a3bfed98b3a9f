-- +goose Up
-- The boxes of the workbench are counted inside an index: what their conditions
-- ask for stands at its end, so that no row is fetched to be counted.
drop index case_node_state;
drop index case_node_due;
create index case_node_state on case_node (node, state, received_at, case_id, route);
create index case_node_due on case_node (node, open, due_at, case_id, route, state);
