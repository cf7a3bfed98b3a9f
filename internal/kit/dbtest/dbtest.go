// Package dbtest runs a test on every engine that the program supports.
//
// The PostgreSQL half runs on a cluster of its own, started on first use by
// the binaries of the system and left running between test programs of one
// user (initdb takes seconds); a test gets a database of its own in it. Where
// the binaries are missing the half is skipped, except under CI, where a
// skipped half is a failure.
package dbtest

import (
	"io/fs"
	"path/filepath"
	"testing"

	"qingfeng/internal/kit/db"
)

// Migration is the tables of one module, as db.Migrate takes them.
type Migration struct {
	Module string
	Files  fs.FS
}

// Each runs f once per engine on a database that holds the tables of ms and
// nothing else.
func Each(t *testing.T, f func(*testing.T, *db.DB), ms ...Migration) {
	t.Helper()
	for _, engine := range []struct {
		name string
		url  func(testing.TB) string
	}{{"sqlite", SQLiteURL}, {"postgres", PostgresURL}} {
		t.Run(engine.name, func(t *testing.T) { f(t, Open(t, engine.url(t), ms...)) })
	}
}

// Open opens the database of url for the length of the test and makes the
// tables of ms.
func Open(t testing.TB, url string, ms ...Migration) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, m := range ms {
		if err := d.Migrate(t.Context(), m.Module, m.Files); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// SQLiteURL names an empty SQLite file.
func SQLiteURL(t testing.TB) string { return filepath.Join(t.TempDir(), "t.db") }
