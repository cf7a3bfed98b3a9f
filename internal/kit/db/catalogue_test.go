package db_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

func things() dbtest.Migration {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte("-- +goose Up\n" + s)} }
	return dbtest.Migration{Module: "thing", Files: fstest.MapFS{
		"sqlite/00001_thing.sql":   text("create table owner (id text primary key);\ncreate table thing (id text references owner (id), n integer, m bigint, seal blob, weight real);\ncreate virtual table word using fts5(t);\n"),
		"postgres/00001_thing.sql": text("create table owner (id text primary key);\ncreate table thing (id text references owner (id), n integer, m bigint, seal bytea, weight real);\ncreate table word (t tsvector);\n"),
		"sqlite/00002_more.sql":    text("create table more (id text);\n"),
		"postgres/00002_more.sql":  text("create table more (id text);\n"),
	}}
}

// look reads in a snapshot and fails the test when that fails.
func look(t *testing.T, d *db.DB, f func(db.Reader) error) {
	t.Helper()
	if err := d.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func TestCatalogueSaysTheSameOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		look(t, d, func(r db.Reader) error {
			names, err := db.TableNames(r)
			if want := []string{"more", "owner", "thing", "version_thing", "word"}; err != nil || !slices.Equal(names, want) {
				t.Errorf("%v, %v", names, err)
			}
			columns, err := db.Columns(r, "thing")
			if diff := cmp.Diff([]db.Column{{Name: "id", Kind: db.Text}, {Name: "n", Kind: db.Whole}, {Name: "m", Kind: db.Whole}, {Name: "seal", Kind: db.Bytes}, {Name: "weight", Kind: db.Other}}, columns); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
			if none, err := db.Columns(r, "nothing"); err != nil || len(none) != 0 {
				t.Errorf("%v, %v", none, err)
			}
			keys, err := db.ForeignKeys(r)
			if diff := cmp.Diff([]db.ForeignKey{{Table: "thing", Parent: "owner"}}, keys); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
			return nil
		})
	}, things())
}

func TestVersions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := things()
		newest, err := db.Newest(m.Files, d.Dialect())
		if err != nil || newest != 2 {
			t.Errorf("newest %d, %v", newest, err)
		}
		for _, step := range []struct{ to, want int64 }{{0, 0}, {1, 1}, {1, 1}, {2, 2}} {
			if err := d.MigrateTo(t.Context(), m.Module, m.Files, step.to); err != nil {
				t.Fatal(err)
			}
			look(t, d, func(r db.Reader) error {
				got, err := db.Version(r, m.Module)
				if got != step.want {
					t.Errorf("version %d after going to %d", got, step.to)
				}
				return err
			})
		}
	})
}

// Clear takes everything away, in whatever order tables name each other, and
// the database is of use afterwards.
func TestClear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			if err := tx.Add(`insert into owner (id) values ('a')`); err != nil {
				return err
			}
			_, err := tx.Exec(`insert into thing (id) values ('a')`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Clear(t.Context(), "more"); err != nil {
			t.Fatal(err)
		}
		look(t, d, func(r db.Reader) error {
			names, err := db.TableNames(r)
			if !slices.Equal(names, []string{"more"}) {
				t.Errorf("left %v", names)
			}
			return err
		})
		if err := d.Clear(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		m := things()
		if err := d.Migrate(t.Context(), m.Module, m.Files); err != nil {
			t.Fatal(err)
		}
		if err := d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`insert into thing (id) values ('nobody')`)
			return err
		}); err == nil {
			t.Error("foreign keys hold no more")
		}
	}, things())
}

func TestRawRows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		look(t, d, func(r db.Reader) error {
			var got []any
			for row, err := range db.Raw(r, `select cast($1 as text), cast($2 as bigint), null`, "红", int64(7)) {
				if err != nil {
					return err
				}
				got = append(got, row...)
			}
			if diff := cmp.Diff([]any{"红", int64(7), nil}, got); diff != "" {
				t.Error(diff)
			}
			for _, err := range db.Raw(r, `select nothing from nowhere`) {
				if err == nil {
					t.Error("a statement that cannot run gave a row")
				}
				return nil
			}
			t.Error("a statement that cannot run said nothing")
			return nil
		})
	}, things())
}
