package dbtest

import (
	"fmt"
	"testing"
	"testing/fstest"
)

// The next test finds a database as if it were new, or another one.
func TestGivenBack(t *testing.T) {
	tables := Migration{Module: "lent", Files: fstest.MapFS{"00001_leaf.sql": {Data: []byte(`-- +goose Up
create table leaf (n integer primary key, of integer references leaf);
create table kept (word text primary key);
insert into kept values ('from the beginning');
`)}}}
	url := cluster(t)
	from := template(t, "postgres", []Migration{tables}, func(name string) { makePostgres(t, url, name, []Migration{tables}) })
	for did, again := range map[string]bool{
		"insert into leaf values (1, null), (2, 1)": true,
		"select 1":                                                 true,
		"insert into kept values ('later')":                        false,
		"update kept set word = 'later'":                           false,
		"alter table leaf add note text":                           false,
		"alter table leaf drop constraint leaf_of_fkey":            false,
		"create table more (n integer)":                            false,
		"drop table leaf":                                          false,
		"create view lookout as select n from leaf":                false,
		"alter table leaf alter n set default 7":                   false,
		"create rule deaf as on insert to leaf do instead nothing": false,
	} {
		t.Run(did, func(t *testing.T) {
			d := lend(t, url, from)
			p := connect(t, fmt.Sprintf(url, d.name))
			if _, err := p.Exec(did); err != nil {
				t.Fatal(err)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			d.giveBack(t)
			next := lend(t, url, from)
			defer next.giveBack(t)
			own := connect(t, fmt.Sprintf(url, next.name))
			defer func() { _ = own.Close() }()
			shape, err := next.look(own)
			full, also := full(own)
			if err != nil || also != nil || shape != d.shape || full != d.kept || (next.name == d.name) != again {
				t.Errorf("the same %t, want %t; full %s, want %s; %v, %v", next.name == d.name, again, full, d.kept, err, also)
			}
		})
	}
}
