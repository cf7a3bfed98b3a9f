-- +goose Up
-- Whoever may read cases at the top of the tree sees them from there.
insert into case_node (node, case_id, state, open, route, category, received_at, due_at)
select '/', c.id, c.state, case when c.state in ('archived', 'rejected', 'merged', 'withdrawn') then 0 else 1 end,
    c.route, c.category, c.received_at, case when c.due_at is null or c.paused_at is not null then 4503599627370496 else c.due_at end
from case_file c;

-- Reports about one institution and one matter, for finding repeats.
create index case_file_institution on case_file (institution, category, received_at);
-- Cases that wait for the reporter's answer.
create index case_file_calling on case_file (finished_at) where state = 'calling';
-- Clocks that run, for reckoning them anew when a year is announced.
create index case_clock_running on case_clock (case_id) where met_at is null;
