// Package dbtest runs a test on every engine that the program supports.
//
// The PostgreSQL half runs on a cluster of its own, started on first use by
// the binaries of the system and left running between test programs of one
// user (initdb takes seconds); a test gets a database of its own in it. Where
// the binaries are missing the half is skipped, except under CI, where a
// skipped half is a failure.
package dbtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
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
		url  func(testing.TB, ...Migration) string
	}{{"sqlite", SQLiteURL}, {"postgres", PostgresURL}} {
		t.Run(engine.name, func(t *testing.T) { f(t, Open(t, engine.url(t, ms...))) })
	}
}

// Open opens the database of url for the length of the test and makes the
// tables of ms. Its commits do not wait for the disk, as those of the cluster
// do not.
func Open(t testing.TB, url string, ms ...Migration) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, db.Unsynced)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	migrate(t, d, ms)
	return d
}

func migrate(t testing.TB, d *db.DB, ms []Migration) {
	t.Helper()
	for _, m := range ms {
		if err := d.Migrate(t.Context(), m.Module, m.Files); err != nil {
			t.Fatal(err)
		}
	}
}

// SQLiteURL names a SQLite file that is empty, or holds the tables of ms.
func SQLiteURL(t testing.TB, ms ...Migration) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.db")
	if len(ms) == 0 {
		return path
	}
	made := template(t, "sqlite", ms, func(name string) { makeSQLite(t, name, ms) })
	bytes, err := os.ReadFile(made)
	if err == nil {
		err = os.WriteFile(path, bytes, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func makeSQLite(t testing.TB, path string, ms []Migration) {
	t.Helper()
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	migrate(t, d, ms)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// template returns the name of a database that holds the tables of ms, made
// once for all tests of one user and kept: making the tables takes longer than
// most tests. Its name says what it holds.
func template(t testing.TB, engine string, ms []Migration, build func(name string)) string {
	t.Helper()
	name := "tables_" + digest(t, ms)
	if engine == "sqlite" {
		name = filepath.Join(folder(t), name+".db")
	}
	unlock := lock(t, filepath.Join(folder(t), engine+".lock"))
	defer unlock()
	done := filepath.Join(folder(t), engine+"-"+filepath.Base(name)+".done")
	if _, err := os.Stat(done); err == nil {
		return name
	}
	build(name)
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// digest names the contents of migrations.
func digest(t testing.TB, ms []Migration) string {
	t.Helper()
	h := sha256.New()
	for _, m := range ms {
		_, _ = io.WriteString(h, m.Module+"\n")
		err := fs.WalkDir(m.Files, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := fs.ReadFile(m.Files, path)
			_, _ = fmt.Fprintf(h, "%s %d %s", path, len(text), text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:24]
}

// folder is where the test databases of this user lie.
func folder(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "qingfeng-test-"+strconv.Itoa(os.Getuid()))
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // the server's own user must pass through
		t.Fatal(err)
	}
	return dir
}
