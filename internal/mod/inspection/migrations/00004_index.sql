-- +goose Up
-- What a campaign, an institution and a stranger's record are looked up by.
create index inspection_task_campaign on inspection_task (campaign_id);
create index inspection_task_unit on inspection_task (unit_id, inspected_at);
create index inspection_draw_list on inspection_draw (list_hash);
-- Lists that are still to be drawn.
create index inspection_draw_open on inspection_draw (prepared_at, id) where state in ('frozen', 'sealed');
-- SQLite uses an index of some rows only where the query says which; a parameter does
-- not.
drop index inspection_task_draw;
drop index inspection_task_plan;
drop index inspection_draw_batch;
create index inspection_task_draw on inspection_task (draw_id);
create index inspection_task_plan on inspection_task (plan_id);
create index inspection_draw_batch on inspection_draw (batch_id);
