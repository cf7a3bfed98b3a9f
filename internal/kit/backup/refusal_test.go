package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tooltest"
)

// spoil changes one file.
func spoil(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, change(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func flip(at int) func([]byte) []byte {
	return func(b []byte) []byte {
		b = bytes.Clone(b)
		b[(at+len(b))%len(b)] ^= 1
		return b
	}
}

func cut(n int) func([]byte) []byte { return func(b []byte) []byte { return b[:len(b)-n] } }

// forge rewrites a manifest as somebody would who knows how it is summed.
func forge(t *testing.T, folder string, change func(string) string) {
	t.Helper()
	spoil(t, filepath.Join(folder, manifestFile), func(b []byte) []byte {
		text := change(string(b[:bytes.LastIndex(b, []byte("sha256 "))]))
		return fmt.Appendf(nil, "%ssha256 %x\n", text, sha256.Sum256([]byte(text)))
	})
}

// reforge puts other files into a manifest, with their right sums.
func reforge(t *testing.T, folder string, name string, text []byte) {
	t.Helper()
	if err := os.Remove(filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
	p, err := pack(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.out.Write(text) // done tells
	file, err := p.done()
	if err != nil {
		t.Fatal(err)
	}
	m, err := readManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	m.Files[slices.IndexFunc(m.Files, func(f File) bool { return f.Name == name })] = file
	body, err := m.encode()
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, manifestFile), body, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever was done to a backup, it is refused before anything is written, with
// the name of what is wrong and with what to do.
func TestDamagedBackupsAreRefusedWhole(t *testing.T) {
	s, whole := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	src := s.source()
	src.Keys = s.keys
	made, err := Make(t.Context(), src, whole)
	if err != nil {
		t.Fatal(err)
	}
	cases := damages(made.Name, s.put("photo 5"))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			target := filepath.Join(t.TempDir(), "copy")
			if err := os.CopyFS(target, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			folder := filepath.Join(target, made.Name)
			c.do(t, folder)
			_, err := NewChecker().Check(t.Context(), folder)
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Kind != fault.Conflict || e.Fix.ZH == "" || e.Fix.EN == "" {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(err.Error(), c.names) || !strings.Contains(e.Text.EN, "damaged") {
				t.Errorf("does not name %s: %v", c.names, err)
			}
		})
	}
}

// damage is something that happens to a backup.
type damage struct {
	names string // what the refusal must name
	do    func(t *testing.T, folder string)
}

// damages are all that can happen to a backup of that name, in which a blob has
// the content photo.
func damages(backup, photo string) map[string]damage {
	blobPath := func(folder string) string { return content(filepath.Dir(folder), photo) }
	cases := forgeries(photo, blobPath)
	in := func(name string) func(string) string {
		return func(folder string) string { return filepath.Join(folder, name) }
	}
	for name, path := range map[string]func(string) string{"manifest": in(manifestFile), "rows": in(rowsFile), "list of blobs": in(blobsFile), "keys": in(keysFile), "blob": blobPath} {
		base := filepath.Base(path("folder/" + backup))
		cases[name+": first byte"] = damage{base, func(t *testing.T, f string) { spoil(t, path(f), flip(0)) }}
		cases[name+": byte in the middle"] = damage{base, func(t *testing.T, f string) {
			spoil(t, path(f), func(b []byte) []byte { return flip(len(b) / 2)(b) })
		}}
		cases[name+": last byte"] = damage{base, func(t *testing.T, f string) { spoil(t, path(f), flip(-1)) }}
		cases[name+": a byte short"] = damage{base, func(t *testing.T, f string) { spoil(t, path(f), cut(1)) }}
		cases[name+": empty"] = damage{base, func(t *testing.T, f string) { spoil(t, path(f), func([]byte) []byte { return nil }) }}
		cases[name+": a byte more"] = damage{base, func(t *testing.T, f string) { spoil(t, path(f), func(b []byte) []byte { return append(b, 0) }) }}
		cases[name+": missing"] = damage{base, func(t *testing.T, f string) {
			if err := os.Remove(path(f)); err != nil {
				t.Fatal(err)
			}
		}}
	}
	return cases
}

// forgeries are the work of somebody who knows the format.
func forgeries(photo string, blobPath func(string) string) map[string]damage {
	return map[string]damage{
		"extra file": {"stranger", func(t *testing.T, f string) {
			if err := os.WriteFile(filepath.Join(f, "stranger"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}},
		"manifest names a file elsewhere": {manifestFile, func(t *testing.T, f string) {
			forge(t, f, func(s string) string { return strings.Replace(s, `"`+keysFile+`"`, `"../../../etc/passwd"`, 1) })
		}},
		"manifest with an unknown field": {manifestFile, func(t *testing.T, f string) {
			forge(t, f, func(s string) string { return strings.Replace(s, `"format"`, `"more": 1, "format"`, 1) })
		}},
		"manifest without files": {manifestFile, func(t *testing.T, f string) {
			forge(t, f, func(string) string { return `{"format":1}` + "\n" })
		}},
		"table that is a statement": {manifestFile, func(t *testing.T, f string) {
			forge(t, f, func(s string) string { return strings.Replace(s, `"unit"`, `"unit; drop table unit"`, 1) })
		}},
		"content is a link": {photo, func(t *testing.T, f string) {
			moved := filepath.Join(t.TempDir(), "moved")
			if err := errors.Join(os.Rename(blobPath(f), moved), os.Symlink(moved, blobPath(f))); err != nil {
				t.Fatal(err)
			}
		}},
		"a row too few": {rowsFile, func(t *testing.T, f string) {
			forge(t, f, func(s string) string { return strings.Replace(s, `"rows": 3`, `"rows": 4`, 1) })
		}},
		"a blob too few": {blobsFile, func(t *testing.T, f string) {
			forge(t, f, func(s string) string { return strings.Replace(s, `"kept": 10`, `"kept": 11`, 1) })
		}},
		"address that leads elsewhere": {blobsFile, func(t *testing.T, f string) {
			reforge(t, f, blobsFile, []byte("../../../../etc/passwd "+photo+" 7\n"))
		}},
		"content that leads elsewhere": {blobsFile, func(t *testing.T, f string) {
			reforge(t, f, blobsFile, []byte(photo+" ../../../../etc/passwd 7\n"))
		}},
		"rows that are none": {rowsFile, func(t *testing.T, f string) {
			reforge(t, f, rowsFile, []byte("{\"table\":\"unit\",\"columns\":[\"id\"]}\n[true]\n"))
		}},
	}
}

// A backup that was stopped is none, and the next one sweeps it.
func TestStoppedBackupPassesForNothing(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	m := s.making(target)
	err := fault.First(
		func() error { return m.snapshot(t.Context()) },
		func() error { return m.copyBlobs(t.Context()) },
		m.settle, // killed after all is copied
		m.close,
	)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Find(target); !fault.Is(err, fault.NotFound) {
		t.Errorf("found %v", err)
	}
	if _, err := Find(m.folder); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unfinished folder was taken: %v", err)
	}
	_, made := s.backup(target)
	if made.Copied != 0 {
		t.Errorf("%d bytes that were in place are copied again", made.Copied)
	}
	left, err := filepath.Glob(filepath.Join(target, unfinished+"*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// A backup that fails takes away what it wrote.
func TestFailedBackupLeavesNothing(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	src := s.source()
	src.Keys = filepath.Join(t.TempDir(), "none") // fails when all blobs are there
	if _, err := Make(ctx, src, target); err == nil {
		t.Error("made a backup with a key ring that is not there")
	}
	cancel()
	if _, err := Make(ctx, s.source(), target); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	found, err := os.ReadDir(target)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		if e.Name() != blobFolder && e.Name() != lockFile {
			t.Errorf("left %s", e.Name())
		}
	}
}

// Two backups into one folder do not meet.
func TestOneBackupAtATime(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	first, err := openTarget(target)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), s.source(), target); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	s.backup(target)
}

// A folder of anything else is not filled.
func TestTargetThatIsNone(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	if err := os.WriteFile(filepath.Join(target, "letter.docx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Make(t.Context(), s.source(), target)
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "letter.docx") {
		t.Errorf("got %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Make(t.Context(), s.source(), file); err == nil {
		t.Error("made a backup in a file")
	}
}

// A full disk is said in words, and nothing passes for a backup.
func TestFullDisk(t *testing.T) {
	if err := outage(fmt.Errorf("write: %w", os.ErrPermission), "/x"); fault.Is(err, fault.Unavailable) {
		t.Error("took a forbidden folder for a full disk")
	}
	err := outage(fullDisk(t), "/backups")
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Unavailable || !strings.Contains(e.Text.ZH, "/backups") || e.Fix.EN == "" {
		t.Errorf("got %v", err)
	}
}

// fullDisk is what writing to a full disk comes to.
func fullDisk(t *testing.T) error {
	t.Helper()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		tooltest.Lack(t, "this system has no device that is always full")
	}
	defer func() { _ = full.Close() }()
	_, err = full.WriteString("x")
	return err
}

// Only an empty place takes a backup, and what is there stays.
func TestOccupiedPlaces(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	folder, _ := s.backup(target)
	rows := s.rows(allItems)
	if err := s.restore(folder); !fault.Is(err, fault.Conflict) {
		t.Errorf("restored over rows: %v", err)
	}
	if !slices.Equal(rows, s.rows(allItems)) {
		t.Error("the refusal changed rows")
	}
	other := empty(t, db.SQLite, t.TempDir())
	other.put("somebody's photo")
	if err := other.restore(folder); !fault.Is(err, fault.Conflict) {
		t.Errorf("restored among blobs: %v", err)
	}
}

// A restore that was stopped keeps the program from starting, and is done from
// the beginning by the next one.
func TestStoppedRestore(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	folder, _ := s.backup(target)
	for engine := range engines() {
		got := empty(t, engine, t.TempDir())
		b, err := NewChecker().Check(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		place := got.place()
		stop := errors.New("killed")
		place.Rebuild = func(context.Context) error { return stop }
		if err := b.Restore(t.Context(), place); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if err := got.db.Read(t.Context(), Unfinished); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: got %v", engine, err)
		}
		if err := got.restore(folder); err != nil {
			t.Fatal(err)
		}
		if err := got.db.Read(t.Context(), Unfinished); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
		same(t, s, got)
	}
}

// A content that changed after the check does not get in.
func TestContentChangedAfterTheCheck(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	folder, _ := s.backup(target)
	b, err := NewChecker().Check(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	sum := s.put("photo 5")
	spoil(t, content(target, sum), flip(2))
	got := empty(t, db.SQLite, t.TempDir())
	if err := b.Restore(t.Context(), got.place()); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	if _, _, err := got.blobs.Open(t.Context(), sum); !fault.Is(err, fault.NotFound) {
		t.Errorf("the changed content stands in the store: %v", err)
	}
}

// A backup of an older program is brought to the present; one of a newer
// program is refused, and nothing is written.
func TestOtherVersions(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	old, _ := s.backup(target)
	for engine := range engines() {
		younger := append(parts(), Part{"more", fstest.MapFS{"00001_more.sql": {Data: []byte("-- +goose Up\ncreate table more (id text);\n")}}})
		younger[0].Files = with(younger[0].Files.(fstest.MapFS), "00002_name.sql",
			"-- +goose Up\nalter table unit add column long_name text not null default '';\nupdate unit set long_name = name || '!' where name is not null;\n")
		got := empty(t, engine, t.TempDir())
		b, err := NewChecker().Check(t.Context(), old)
		if err != nil {
			t.Fatal(err)
		}
		place := got.place()
		place.Parts = younger
		if err := b.Restore(t.Context(), place); err != nil {
			t.Fatal(err)
		}
		if n := len(got.rows(`select id from unit where long_name like '%!'`)); n != 2 {
			t.Errorf("%s: %d rows were migrated", engine, n)
		}
	}
	for name, change := range map[string]string{"a part": `"thing2": 1`, "a version": `"thing": 2`} {
		folder, _ := s.backup(target)
		forge(t, folder, func(s string) string { return strings.Replace(s, `"thing": 1`, change, 1) })
		got := empty(t, db.SQLite, t.TempDir())
		if err := got.restore(folder); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("%s: got %v", name, err)
		}
		if names := got.rows(`select name from pragma_table_list where type = 'table' and name not like 'sqlite%'`); len(names) != 0 {
			t.Errorf("%s: written before the refusal: %v", name, names)
		}
	}
}

// with adds a migration to both engines.
func with(files fstest.MapFS, name, text string) fstest.MapFS {
	more := fstest.MapFS{}
	maps.Copy(more, files)
	for engine := range engines() {
		more[string(engine)+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return more
}

// A format that this program does not know is said to be newer, not damaged.
func TestNewerFormat(t *testing.T) {
	s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
	folder, _ := s.backup(target)
	forge(t, folder, func(string) string { return `{"format":2,"else":[]}` + "\n" })
	if _, err := NewChecker().Check(t.Context(), folder); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("got %v", err)
	}
}

// The program refuses to copy a database that it does not know whole.
func TestUnknownDatabase(t *testing.T) {
	for name, change := range map[string]func(*site, *Source){
		"a table of which nothing is said": func(s *site, _ *Source) { s.exec(`create table stranger (id text)`) },
		"tables of another version": func(_ *site, src *Source) {
			src.Parts[0].Files = with(src.Parts[0].Files.(fstest.MapFS), "00002_more.sql", "-- +goose Up\nselect 1;\n")
		},
		"a column that cannot be kept": func(s *site, _ *Source) { s.exec(`alter table unit add column weight real`) },
		"a wrong column of addresses":  func(_ *site, src *Source) { src.Tables[1].Blobs = []string{"kept"} },
		"tables in the wrong order":    func(_ *site, src *Source) { src.Tables[0], src.Tables[1] = src.Tables[1], src.Tables[0] },
		"a table twice":                func(_ *site, src *Source) { src.Tables = append(src.Tables, src.Tables[0]) },
		"an address that is none":      func(s *site, _ *Source) { s.exec(`update item set sha = '../../etc/passwd' where id = 'both'`) },
	} {
		s, target := lived(t, db.SQLite, t.TempDir()), t.TempDir()
		src := s.source()
		change(s, &src)
		if _, err := Make(t.Context(), src, target); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Text that PostgreSQL cannot hold is said, and SQLite takes it back as it was.
func TestTextThatIsNoText(t *testing.T) {
	s, target := made(t, db.SQLite, t.TempDir()), t.TempDir()
	s.exec(`insert into unit (id, name, flag) values ('nul', cast(x'610062' as text), 1)`)
	s.exec(`insert into unit (id, name, flag) values ('bad', cast(x'ff61' as text), 1)`)
	folder, _ := s.backup(target)
	got := empty(t, db.SQLite, t.TempDir())
	if err := got.restore(folder); err != nil {
		t.Fatal(err)
	}
	same(t, s, got)
	if err := empty(t, db.Postgres, t.TempDir()).restore(folder); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "unit") {
		t.Errorf("got %v", err)
	}
}
