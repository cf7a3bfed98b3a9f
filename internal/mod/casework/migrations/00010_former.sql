-- +goose Up
-- A unit whose part in a case has ended sees it no more. What stays is the region
-- above what the case is about, and the units that have it now.
delete from case_node where node <> '/'
    and exists (select 1 from case_assignment a where a.case_id = case_node.case_id and a.ended_at is not null)
    and not exists (select 1 from case_file c where c.id = case_node.case_id and (c.institution <> '' and c.path like '%/' || case_node.node || '/%' || c.institution || '/%'
        or (c.institution = '' or c.path not like '%/' || c.institution || '/%') and c.path like '%/' || case_node.node || '/%'))
    and not exists (select 1 from case_assignment a where a.case_id = case_node.case_id and a.ended_at is null
        and (a.unit_path like '%/' || case_node.node || '/%' or a.handler_path like '%/' || case_node.node || '/%'));

-- A clue that was merged or withdrawn has no result of its own to be told.
delete from case_clock where kind = 'feedback' and met_at is null
    and case_id in (select id from case_file where state in ('merged', 'withdrawn'));
