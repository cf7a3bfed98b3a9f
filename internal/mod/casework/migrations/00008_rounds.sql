-- +goose Up
-- A step can begin again: a unit gets a case a second time, a case is handled
-- again. Each time has a clock of its own, told apart by its round, from 0; what
-- stood in unit_id for that ("round-1") goes, unit_id holds units again.
create table case_clock_new (
    case_id     text not null references case_file (id),
    kind        text not null,
    unit_id     text not null,
    round       integer not null default 0,
    started_at  bigint not null,
    time_limit  text not null,
    due_at      bigint not null,
    provisional integer not null,
    level       integer not null,
    next_at     bigint,
    paused_at   bigint,
    paused_ms   bigint not null default 0,
    met_at      bigint,
    extended    integer not null default 0,
    primary key (case_id, kind, unit_id, round)
);
-- A report that was refused and taken up after all was not handled before: its
-- clock is the first one of the result begun again.
insert into case_clock_new
select k.case_id, k.kind, k.unit_id, row_number() over (partition by k.case_id, k.kind, k.unit_id order by k.started_at, k.named) - 1,
    k.started_at, k.time_limit, k.due_at, k.provisional, k.level, k.next_at, k.paused_at, k.paused_ms, k.met_at, k.extended
from (select o.case_id, o.started_at, o.time_limit, o.due_at, o.provisional, o.level, o.next_at, o.paused_at, o.paused_ms, o.met_at, o.extended, o.unit_id as named,
    case when o.kind = 'rework' and exists (select 1 from case_event e where e.case_id = o.case_id and e.action = 'reopen' and e.from_state = 'rejected' and e.at = o.started_at)
        then 'finish' else o.kind end as kind,
    case when o.kind = 'rework' then '' else o.unit_id end as unit_id
    from case_clock o) k;
update case_callback set round = round - (select count(*) from case_event e
    where e.case_id = case_callback.case_id and e.action = 'reopen' and e.from_state = 'rejected' and e.at <= case_callback.at)
where round > 0;
update case_file set reworks = reworks - (select count(*) from case_event e where e.case_id = case_file.id and e.action = 'reopen' and e.from_state = 'rejected')
where reworks > 0;
drop table case_clock;
alter table case_clock_new rename to case_clock;
create index case_clock_next on case_clock (next_at) where next_at is not null;
create index case_clock_running on case_clock (case_id) where met_at is null;

-- What had no clock because the first one was met gets it now: whoever has to
-- sign for a case that came a second time, or to dispatch one that came back, and
-- the second promise to tell a reporter the result. It is as long as the first
-- one was; the job that reckons deadlines puts it right to the minute.
insert into case_clock (case_id, kind, unit_id, round, started_at, time_limit, due_at, provisional, level, next_at, paused_at, met_at)
select k.case_id, k.kind, k.unit_id, 1, a.dispatched_at, k.time_limit, a.dispatched_at + k.due_at - k.started_at - k.paused_ms, k.provisional, 0,
    case when c.paused_at is null and a.signed_at is null then a.dispatched_at end, case when a.signed_at is null then c.paused_at end, a.signed_at
from case_assignment a join case_file c on c.id = a.case_id
    join case_clock k on k.case_id = a.case_id and k.kind = 'sign' and k.unit_id = a.unit_id
where a.ended_at is null and c.state in ('dispatched', 'handling', 'reviewing') and k.met_at is not null and k.started_at < a.dispatched_at;
insert into case_clock (case_id, kind, unit_id, round, started_at, time_limit, due_at, provisional, level, next_at)
select k.case_id, k.kind, k.unit_id, 1, e.at, k.time_limit, e.at + k.due_at - k.started_at - k.paused_ms, k.provisional, 0, e.at
from case_file c join case_clock k on k.case_id = c.id and k.kind = 'dispatch' and k.met_at is not null
    join case_event e on e.id = (select max(x.id) from case_event x where x.case_id = c.id and x.to_state = 'accepted' and x.from_state <> 'accepted')
where c.state = 'accepted' and e.action in ('take_back', 'reopen');
insert into case_clock (case_id, kind, unit_id, round, started_at, time_limit, due_at, provisional, level, next_at)
select k.case_id, k.kind, k.unit_id, 1, c.closed_at, k.time_limit, c.closed_at + k.due_at - k.started_at, k.provisional, 0, c.closed_at
from case_file c join case_clock k on k.case_id = c.id and k.kind = 'feedback' and k.met_at is not null and k.started_at < c.closed_at
where c.closed_at is not null and not exists (select 1 from case_event e where e.case_id = c.id and e.action = 'feedback' and e.detail like '%"result"%'
    and e.id > (select max(x.id) from case_event x where x.case_id = c.id and x.action in ('approve', 'rework', 'reopen')));

-- A pause that was granted has an end of its own, so that a return which is
-- refused meanwhile does not end it. What ended one until now is in the history.
alter table case_request add column ended_at bigint;
update case_request set ended_at = coalesce((select min(e.at) from case_event e where e.case_id = case_request.case_id and e.at >= case_request.decided_at
    and (e.action in ('resume', 'take_back', 'submit', 'return_refused') or e.to_state in ('archived', 'rejected', 'merged', 'withdrawn'))), decided_at)
where kind = 'pause' and state = 'granted'
    and not exists (select 1 from case_file c where c.id = case_request.case_id and c.paused_at is not null and c.paused_at <= case_request.decided_at);

-- How long a reporter waits to answer counts from when the result could be read.
alter table case_file add column asked_at bigint;
update case_file set asked_at = (select max(e.at) from case_event e where e.case_id = case_file.id and e.action = 'approve'
    and e.id > coalesce((select max(x.id) from case_event x where x.case_id = case_file.id and x.action in ('rework', 'reopen')), ''))
where finished_at is not null;
drop index case_file_calling;
create index case_file_calling on case_file (id, asked_at) where state = 'calling';

update case_node set next_at = coalesce((select min(k.due_at) from case_clock k where k.case_id = case_node.case_id
    and k.met_at is null and k.paused_at is null and k.kind <> 'feedback'), 4503599627370496)
where due_at < 4503599627370496;
