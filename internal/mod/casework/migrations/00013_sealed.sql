-- +goose Up
-- Whether what is written about a case is sealed (seal.go), and which cases
-- should be that are not: those that came before the program sealed any.
alter table case_file add column sealed integer not null default 0;
create index case_file_unsealed on case_file (id) where sealed = 0 and (route = 'integrity' or mode = 'confidential');
