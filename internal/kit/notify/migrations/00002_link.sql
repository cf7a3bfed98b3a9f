-- +goose Up
-- What was told about one page, to be taken from those who may not see it any
-- more.
create index notification_link on notification (link, staff_id) where link <> '';
