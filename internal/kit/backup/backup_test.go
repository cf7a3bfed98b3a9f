package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
)

// The program of these tests has rows of every kind, a table that names
// another, one that is forgotten, and one that each engine makes in its own way.
const schema = `-- +goose Up
create table unit (id text primary key, name text, seen bigint, flag integer not null, seal %s);
create table item (id text primary key, unit_id text not null references unit (id), sha text not null, thumb text not null default '', kept integer not null);
create table session (token text primary key);
`

const found = `-- +goose Up
create table found (word text, %s);
`

func parts() []Part {
	return []Part{{Name: "thing", Files: fstest.MapFS{
		"sqlite/00001_thing.sql":   {Data: fmt.Appendf(nil, schema, "blob")},
		"postgres/00001_thing.sql": {Data: fmt.Appendf(nil, schema, "bytea")},
	}}, {Name: "found", Files: fstest.MapFS{
		"sqlite/00001_found.sql":   {Data: fmt.Appendf(nil, found, "n integer")},
		"postgres/00001_found.sql": {Data: fmt.Appendf(nil, found, "n tsvector")},
	}}}
}

func tables() []Table {
	return []Table{
		{Name: "unit", Way: Keep},
		{Name: "item", Way: Keep, Rows: "kept = 1", Blobs: []string{"sha", "thumb"}},
		{Name: "session", Way: Forget},
		{Name: "found", Way: Rebuild},
	}
}

// day is when the first backup of a test is made; each is a minute later.
var day = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// site is a program with its data.
type site struct {
	t      testing.TB
	db     *db.DB
	blobs  *blob.Store
	keys   string
	minute int
}

func engines() map[db.Dialect]func(testing.TB, ...dbtest.Migration) string {
	return map[db.Dialect]func(testing.TB, ...dbtest.Migration) string{db.SQLite: dbtest.SQLiteURL, db.Postgres: dbtest.PostgresURL}
}

// empty is a place for data without any.
func empty(t testing.TB, engine db.Dialect, store string) *site {
	t.Helper()
	return &site{t: t, db: dbtest.Open(t, engines()[engine](t)), blobs: blobtest.Open(t, store), keys: filepath.Join(t.TempDir(), "keys", "ring")}
}

// made is a program with tables and no rows.
func made(t testing.TB, engine db.Dialect, store string) *site {
	t.Helper()
	s := empty(t, engine, store)
	for _, p := range parts() {
		if err := s.db.Migrate(t.Context(), p.Name, p.Files); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(s.keys), 0o700), os.WriteFile(s.keys, []byte("secret ring\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	return s
}

// photos is how many small blobs a program that lived has, beside two others.
const photos = 8

// lived is a program with some rows and blobs.
func lived(t testing.TB, engine db.Dialect, store string) *site {
	t.Helper()
	s := made(t, engine, store)
	items := [][]any{{"both", "a", s.put("photo 1"), s.put("thumb"), 1}, {"large", "a", s.put(strings.Repeat("recording ", 300_000)), "", 1},
		{"coming", "a", strings.Repeat("0", 64), "", 0}}
	for i := range photos {
		items = append(items, []any{fmt.Sprint("item", i), "a", s.put(fmt.Sprint("photo ", i)), "", 1})
	}
	err := s.db.InTx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`insert into session (token) values ('secret')`)
		return errors.Join(err, db.InsertMany(tx, "unit", "id, name, seen, flag, seal", [][]any{
			{"a", "市卫生健康委 \"<&>\" \u2028\n\t", int64(math.MaxInt64), 1, []byte{0, 255, 10}},
			{"b", "", int64(math.MinInt64), 0, []byte{}},
			{"c", nil, nil, -1, nil},
		}), db.InsertMany(tx, "item", "id, unit_id, sha, thumb, kept", items))
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) exec(q string, args ...any) {
	s.t.Helper()
	if err := s.try(q, args...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) try(q string, args ...any) error {
	return s.db.InTx(context.WithoutCancel(s.t.Context()), func(tx *db.Tx) error {
		_, err := tx.Exec(q, args...)
		return err
	})
}

func (s *site) put(text string) string {
	s.t.Helper()
	ref, err := s.blobs.Put(s.t.Context(), strings.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	return ref.Address
}

func (s *site) item(id, sha, thumb string) {
	s.t.Helper()
	s.exec(`insert into item (id, unit_id, sha, thumb, kept) values ($1, 'a', $2, $3, 1)`, id, sha, thumb)
}

func (s *site) source() Source {
	s.minute++
	return Source{DB: s.db, Blobs: s.blobs, Tables: tables(), Parts: parts(), Program: "test", Now: clock.Fixed(day.Add(time.Duration(s.minute) * time.Minute))}
}

// making is a backup that has been begun.
func (s *site) making(path string) *making {
	s.t.Helper()
	folder, err := openTarget(path)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = folder.close() })
	m, err := begun(s.source(), folder)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// backup makes a backup and returns its folder.
func (s *site) backup(target string) (string, Made) {
	s.t.Helper()
	made, err := Make(s.t.Context(), s.source(), target)
	if err != nil {
		s.t.Fatal(err)
	}
	return filepath.Join(target, made.Name), made
}

func (s *site) place() Place {
	return Place{DB: s.db, Blobs: s.blobs, Parts: parts(), Keys: s.keys, Rebuild: func(context.Context) error {
		return s.try(`insert into found (word) select name from unit where name <> ''`)
	}}
}

func (s *site) restore(folder string) error {
	b, err := NewChecker().Check(s.t.Context(), folder)
	if err != nil {
		return err
	}
	return b.Restore(s.t.Context(), s.place())
}

// rows are all rows of a query, as texts, in order.
func (s *site) rows(q string) (texts []string) {
	s.t.Helper()
	err := s.db.Read(s.t.Context(), func(r db.Reader) error {
		for row, err := range db.Raw(r, q) {
			if err != nil {
				return err
			}
			texts = append(texts, fmt.Sprintf("%#v", row))
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Sort(texts)
	return texts
}

// contents are all blobs with what is in them.
func (s *site) contents() map[string]string {
	s.t.Helper()
	all := map[string]string{}
	for ref, err := range s.blobs.Each(s.t.Context()) {
		if err != nil {
			s.t.Fatal(err)
		}
		f, _, err := s.blobs.Open(s.t.Context(), ref.Address)
		if err != nil {
			s.t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err := errors.Join(err, f.Close()); err != nil {
			s.t.Fatal(err)
		}
		all[ref.Address] = string(text)
	}
	return all
}

const allUnits, allItems = `select id, name, seen, flag, seal from unit`, `select id, unit_id, sha, thumb, kept from item where kept = 1`

// same fails unless the two hold the same facts and files.
func same(t *testing.T, want, got *site) {
	t.Helper()
	for _, q := range []string{allUnits, allItems} {
		if diff := cmp.Diff(want.rows(q), got.rows(q)); diff != "" {
			t.Errorf("%s: %s", q, diff)
		}
	}
	if diff := cmp.Diff(want.contents(), got.contents()); diff != "" {
		t.Error("blobs differ")
	}
}

// What was restored is what was there, from each engine onto each, and from
// each store to the other.
func TestEveryDirection(t *testing.T) {
	disk := func(t testing.TB) string { return t.TempDir() }
	for _, way := range []struct {
		from, to    db.Dialect
		store, into func(testing.TB) string
	}{{db.SQLite, db.SQLite, disk, blobtest.S3URL}, {db.SQLite, db.Postgres, disk, blobtest.S3URL},
		{db.Postgres, db.SQLite, blobtest.S3URL, disk}, {db.Postgres, db.Postgres, blobtest.S3URL, disk}} {
		t.Run(fmt.Sprintf("%s to %s", way.from, way.to), func(t *testing.T) {
			s, target := lived(t, way.from, way.store(t)), t.TempDir()
			folder, b := s.backup(target)
			if b.Engine != string(way.from) || b.Blobs.Kept != photos+2 || b.Blobs.Lost+b.Blobs.Gone != 0 || b.HasKeys() {
				t.Errorf("%+v", b)
			}
			got := empty(t, way.to, way.into(t))
			if err := got.restore(folder); err != nil {
				t.Fatal(err)
			}
			same(t, s, got)
			if n := len(got.rows(`select token from session`)) + len(got.rows(`select id from item where kept = 0`)); n != 0 {
				t.Errorf("%d rows that belong into no backup", n)
			}
			if n := len(got.rows(`select word from found`)); n != 1 {
				t.Errorf("%d rows rebuilt, want 1", n)
			}
			if _, err := os.Stat(got.keys); err == nil {
				t.Error("a key ring came from a backup without one")
			}
		})
	}
}

// The second backup of a folder copies what is new, and each stands by itself.
func TestSeveralBackupsShareFiles(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	first, one := s.backup(target)
	if one.Copied != one.Blobs.Bytes {
		t.Errorf("the first backup copied %d of %d bytes", one.Copied, one.Blobs.Bytes)
	}
	before := s.rows(allItems)
	if _, two := s.backup(target); two.Copied != 0 || two.Blobs != one.Blobs {
		t.Errorf("nothing is new and %d bytes were copied", two.Copied)
	}
	s.item("new", s.put("new photo"), "")
	s.exec(`delete from item where id = 'large'`)
	third, three := s.backup(target)
	if three.Copied != int64(len("new photo")) || three.Blobs.Kept != one.Blobs.Kept {
		t.Errorf("%d bytes were copied, %d kept", three.Copied, three.Blobs.Kept)
	}
	old := empty(t, db.SQLite, t.TempDir())
	if err := old.restore(first); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, old.rows(allItems)); diff != "" {
		t.Error(diff)
	}
	if err := empty(t, db.SQLite, t.TempDir()).restore(third); err != nil {
		t.Error(err)
	}
}

// A content that is no more in the folder is copied again.
func TestMissingContentIsCopiedAgain(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	s.backup(target)
	sum := s.put("photo 7")
	if err := os.Remove(filepath.Join(target, "blob", sum[:2], sum)); err != nil {
		t.Fatal(err)
	}
	folder, made := s.backup(target)
	if made.Copied != int64(len("photo 7")) {
		t.Errorf("copied %d bytes", made.Copied)
	}
	if err := empty(t, db.SQLite, t.TempDir()).restore(folder); err != nil {
		t.Error(err)
	}
}

// The key ring travels only when it was asked for, and for its owner alone.
func TestKeysWhenAskedFor(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	src := s.source()
	src.Keys = s.keys
	made, err := Make(t.Context(), src, target)
	if err != nil || !made.HasKeys() {
		t.Fatal(err, made)
	}
	got := empty(t, db.SQLite, t.TempDir())
	if err := got.restore(filepath.Join(target, made.Name)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{got.keys, filepath.Join(target, made.Name, "keys")} {
		text, err := os.ReadFile(path)
		info, err2 := os.Stat(path)
		if err != nil || err2 != nil || string(text) != "secret ring\n" || info.Mode().Perm() != 0o600 {
			t.Errorf("%q %v %v", text, info.Mode(), errors.Join(err, err2))
		}
	}
	other := empty(t, db.SQLite, t.TempDir())
	if err := errors.Join(os.MkdirAll(filepath.Dir(other.keys), 0o700), os.WriteFile(other.keys, []byte("another ring\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := other.restore(filepath.Join(target, made.Name)); !fault.Is(err, fault.Conflict) {
		t.Errorf("another ring was there: %v", err)
	}
	if names := other.rows(`select name from pragma_table_list where type = 'table' and name not like 'sqlite%'`); len(names) != 0 {
		t.Errorf("written before the refusal: %v", names)
	}
}

// Everything in a folder of backups is for its owner alone.
func TestBackupsArePrivate(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), filepath.Join(t.TempDir(), "new", "folder")
	s.backup(target)
	err := filepath.WalkDir(target, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A blob that goes while the backup is made does not stop it; one that was
// lost before, or is not what its address says, is told.
func TestBlobsThatAreNotThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		store, path := t.TempDir(), t.TempDir()
		s := lived(t, d.Dialect(), store)
		lost, gone, bad := s.put("photo 3"), s.put("photo 4"), s.put("photo 5")
		if err := os.WriteFile(filepath.Join(store, "blob", bad[:2], bad), []byte("photo S"), 0o600); err != nil {
			t.Fatal(err)
		}
		m := s.making(path)
		if err := m.snapshot(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.blobs.Delete(t.Context(), lost), s.blobs.Delete(t.Context(), gone)); err != nil {
			t.Fatal(err)
		}
		s.exec(`delete from item where sha = $1`, gone)
		err := fault.First(func() error { return m.copyBlobs(t.Context()) }, m.settle, m.tidy)
		if err != nil {
			t.Fatal(err)
		}
		name, err := m.finish(m.folder, m.manifest)
		if err != nil {
			t.Fatal(err)
		}
		if c := m.manifest.Blobs; c.Gone != 1 || c.Lost != 2 || c.Kept != photos-1 {
			t.Errorf("%+v", c)
		}
		got := empty(t, d.Dialect(), t.TempDir())
		if err := got.restore(filepath.Join(path, name)); err != nil {
			t.Fatal(err)
		}
		if n := len(got.contents()); n != photos-1 {
			t.Errorf("%d blobs", n)
		}
	})
}
