-- +goose Up
-- When a case ended is when it was ended, not when somebody last said something
-- about it.
update case_file set closed_at = coalesce((select max(e.at) from case_event e where e.case_id = case_file.id
    and e.from_state not in ('archived', 'rejected', 'merged', 'withdrawn') and e.to_state in ('archived', 'rejected', 'merged', 'withdrawn')), closed_at)
where state in ('archived', 'rejected', 'merged', 'withdrawn');

-- Why an order of supervision was closed.
alter table case_supervision add column closing text not null default '';
-- What waits for a report is a box of its own (waiting.go).
update case_node set waits = waits + 256 where open = 1 and exists (select 1 from case_assignment a where a.case_id = case_node.case_id and a.ended_at is null
    and (a.unit_path like '%/' || case_node.node || '/' or a.handler_path like '%/' || case_node.node || '/'))
    and exists (select 1 from case_supervision v where v.case_id = case_node.case_id and v.answered_at is null and v.closed_at is null);
