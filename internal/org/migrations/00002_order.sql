-- +goose Up
-- Lists of units are in order of sort, those of places and staff in order of age.
create index unit_order on unit (sort, id);
create index place_order on place (created_at, id);
create index place_path on place (path);
create index staff_order on staff (created_at, id);
create index role_grant_order on role_grant (granted_at, id);
-- Nobody holds the same role at the same node twice.
create unique index role_grant_current on role_grant (staff_id, role, path) where revoked_at is null;
