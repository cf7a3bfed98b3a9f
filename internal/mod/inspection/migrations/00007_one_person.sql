-- +goose Up
-- An account stands on the library of inspectors once: who was on it twice keeps the
-- first place, and the others are active no more.
update inspection_officer set staff_id = '', active = 0, reason = '同一账号重复登记，以先登记的为准'
where staff_id <> '' and exists (select 1 from inspection_officer o where o.staff_id = inspection_officer.staff_id and o.id < inspection_officer.id);
drop index inspection_officer_staff;
create unique index inspection_officer_staff on inspection_officer (staff_id) where staff_id <> '';
