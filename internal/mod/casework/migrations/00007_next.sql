-- +goose Up
-- What presses is not only the deadline of the result: next_at is the nearest
-- deadline that runs, of whatever step. It is never after due_at, so a range of
-- it holds what is overdue as well, and one index serves both.
alter table case_node add column next_at bigint not null default 4503599627370496;
update case_node set next_at = coalesce((select min(k.due_at) from case_clock k where k.case_id = case_node.case_id
    and k.met_at is null and k.paused_at is null and k.kind <> 'feedback'), 4503599627370496)
where due_at < 4503599627370496;
drop index case_node_due;
create index case_node_next on case_node (node, open, next_at, case_id, route, state, due_at);
drop index case_node_waits;
create index case_node_waits on case_node (node, next_at, case_id, route, waits) where waits <> 0;
