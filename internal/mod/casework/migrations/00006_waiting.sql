-- +goose Up
-- What waits to be done at a node from which a case is seen (waiting.go), so
-- that the box of what is to be done is a range of one index. Few cases wait at
-- any one node; the others need no entry.
alter table case_node add column waits integer not null default 0;
create index case_node_waits on case_node (node, due_at, case_id, route, waits) where waits <> 0;

-- On the side that supervises: above the institution that the case is about.
update case_node set waits = coalesce((select
    case c.state when 'received' then 1 when 'accepted' then 2 when 'reviewing' then 8 when 'calling' then 32 else 0 end
    + case when exists (select 1 from case_request q where q.case_id = c.id and q.state = 'pending') then 16 else 0 end
    + case when case_node.open = 1 and c.route = 'integrity' and not exists (select 1 from case_disposition d where d.case_id = c.id) then 64 else 0 end
    + case when exists (select 1 from case_supervision v where v.case_id = c.id and v.answered_at is not null and v.closed_at is null) then 128 else 0 end
    from case_file c where c.id = case_node.case_id and (case_node.node = '/' or c.institution <> '' and c.path like '%/' || case_node.node || '/%' || c.institution || '/%'
        or (c.institution = '' or c.path not like '%/' || c.institution || '/%') and c.path like '%/' || case_node.node || '/%')), 0)
where open = 1 or exists (select 1 from case_request q where q.case_id = case_node.case_id and q.state = 'pending');

-- On the side that works: the unit, and whoever it gave the case to.
update case_node set waits = waits + 4 where open = 1 and exists (select 1 from case_assignment a where a.case_id = case_node.case_id and a.ended_at is null
    and (a.unit_path like '%/' || case_node.node || '/' or a.handler_path like '%/' || case_node.node || '/')
    and (a.part = 'assist' and a.finished_at is null
        or a.part = 'lead' and case_node.state in ('dispatched', 'handling')
            and not exists (select 1 from case_request q where q.case_id = a.case_id and q.kind = 'return' and q.state = 'pending')
        or exists (select 1 from case_supervision v where v.case_id = a.case_id and v.answered_at is null and v.closed_at is null)));
