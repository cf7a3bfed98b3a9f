package app

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"qingfeng/internal/kit/backup"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/verify"
)

// Somebody has thought about every table, on both engines, and every thought is
// about a table of one of them.
func TestEveryTableIsClassified(t *testing.T) {
	there := map[string]bool{}
	engines(t, func(t *testing.T, place Place) {
		s, err := Open(t.Context(), place, Web{Limits: "on"}, clock.Fixed(morning))
		if err != nil {
			t.Fatal(err)
		}
		err = s.DB.Read(t.Context(), func(r db.Reader) error {
			complaints, err := backup.Unclassified(r, Tables())
			if len(complaints) > 0 {
				t.Error(strings.Join(complaints, "\n"))
			}
			names, err2 := db.TableNames(r)
			for _, name := range names {
				there[name] = true
			}
			return errors.Join(err, err2, noSequences(t, r))
		})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Error(err)
		}
	})
	for _, table := range Tables() {
		if !there[table.Name] {
			t.Errorf("there is no table %s", table.Name)
		}
	}
}

// noSequences complains of counters that live outside of rows: a restore would
// begin them anew.
func noSequences(t *testing.T, r db.Reader) error {
	t.Helper()
	q := `select name from sqlite_master where type = 'table' and lower(sql) like '%autoincrement%' and name not like 'version\_%' escape '\'`
	if r.Dialect() == db.Postgres {
		q = `select table_name || '.' || column_name from information_schema.columns where table_schema = current_schema()
			and (is_identity = 'YES' or is_generated <> 'NEVER' or column_default like 'nextval%') and table_name not like 'version\_%'`
	}
	names, err := db.Values[string](r, q)
	if len(names) > 0 {
		t.Errorf("these count outside of their rows: %v", names)
	}
	return err
}

// command runs the program and returns everything that it said.
func command(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	code, out, complaint := run(t, args...)
	return code, out + complaint
}

func flags(p Place) []string {
	args := []string{"--data", p.Data}
	for name, value := range map[string]string{"--database": p.Database, "--blob": p.Blob, "--keys": p.Keys} {
		if value != "" && (name != "--database" || !strings.HasSuffix(value, sqliteFile)) {
			args = append(args, name, value)
		}
	}
	return args
}

// A city with photos, made on one engine and one store, restored onto the
// others: everything that is stored holds together there.
func TestRestoredCityVerifies(t *testing.T) {
	t.Setenv("LANG", "en")
	folder := func(t *testing.T) string { return filepath.Join(t.TempDir(), "blobs") }
	bucket := func(t *testing.T) string { return blobtest.S3URL(t) }
	for _, from := range []struct {
		name     string
		database func(*testing.T) string
		store    func(*testing.T) string
	}{{"sqlite", func(*testing.T) string { return "" }, folder}, {"postgres", func(t *testing.T) string { return dbtest.PostgresURL(t) }, bucket}} {
		t.Run("from "+from.name, func(t *testing.T) {
			place := Place{Data: t.TempDir(), Database: from.database(t)}
			s, made := city(t, place, 4, false)
			if from.name == "postgres" {
				moveBlobs(t, s, from.store(t))
			}
			catchUp(t, s.Place)
			server := serve(t, s.Place)
			for i := range 3 {
				web := client(t)
				must(t, web, http.StatusCreated, http.MethodPost, server.url+"/api/v1/public/reports", map[string]any{"token": made.Token, "category": "A",
					"narrative": fmt.Sprint("窗口无人，见照片 ", i), "mode": "anonymous", "files": []string{sendPhoto(t, server.url, i)}})
			}
			for done := 0; done < 3; {
				done = sanitised(t, server.url)
			}
			target := filepath.Join(t.TempDir(), "backups")
			if code, said := command(t, append([]string{"backup", target, "--with-keys"}, flags(s.Place)...)...); code != 0 || !strings.Contains(said, "mode 0600") {
				t.Fatalf("%d %s", code, said)
			}
			server.stop(t)
			found, kept := searched(t, s), keptFiles(t, s)
			for _, to := range []Place{{Data: t.TempDir(), Blob: bucket(t)}, {Data: t.TempDir(), Database: dbtest.PostgresURL(t)}} {
				if code, said := command(t, append([]string{"restore", target}, flags(to)...)...); code != 0 {
					t.Fatalf("%d %s", code, said)
				}
				if !confirm(t, to) {
					t.Error("a restored log goes on unasked")
				}
				if code, said := command(t, append([]string{"verify"}, flags(to)...)...); code != 0 || !kept.MatchString(said) {
					t.Errorf("%d, want %s\n%s", code, kept, said)
				}
				restored := catchUp(t, to)
				if got := searched(t, restored); len(found) == 0 || !slices.Equal(got, found) {
					t.Errorf("the search finds %d cases, and %d before", len(got), len(found))
				}
			}
		})
	}
}

// catchUp forgets now what is expired in a place that was written on another
// clock, and does what is due, so that no server does so in the midst of something
// else.
func catchUp(t *testing.T, place Place) *System {
	t.Helper()
	s, err := Open(t.Context(), place, Web{Limits: "on"}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := errors.Join(s.Uploads.Expire(t.Context()), s.Queue.RunDue(t.Context())); err != nil {
		t.Error(err)
	}
	return s
}

// confirm has the log of a place go on that was restored, and reports whether it
// was stopped.
func confirm(t *testing.T, place Place) (stopped bool) {
	t.Helper()
	code, said := command(t, append([]string{"verify"}, flags(place)...)...)
	if code == 0 {
		return false
	}
	size := regexp.MustCompile(`WRONG log: goes on .* the log has (\d+) leaves`).FindStringSubmatch(said)
	if size == nil {
		t.Fatal(said)
	}
	if code, said := command(t, append([]string{"log", "accept-restore", "--size", size[1], "--reason", "the disk broke"}, flags(place)...)...); code != 0 {
		t.Fatalf("%d %s", code, said)
	}
	return true
}

// moveBlobs has the program keep its files elsewhere from now on.
func moveBlobs(t *testing.T, s *System, url string) {
	t.Helper()
	into := blobtest.Open(t, url)
	for ref, err := range s.Blobs.Each(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		f, _, err := s.Blobs.Open(t.Context(), ref.Address)
		if err != nil {
			t.Fatal(err)
		}
		_, err = into.Put(t.Context(), f)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	s.Place.Blob = url
}

// searched are the cases that the full-text index knows.
func searched(t *testing.T, s *System) (refs []string) {
	t.Helper()
	err := s.DB.Read(t.Context(), func(r db.Reader) (err error) {
		refs, err = db.Values[string](r, `select ref from search_text order by ref`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

// A backup that is made while people report holds whole reports only, whatever
// moment it hits; killed, it is none.
func TestBackupWhilePeopleReport(t *testing.T) {
	t.Setenv("LANG", "en")
	s, made := city(t, Place{Data: t.TempDir()}, 0, false)
	server := serve(t, s.Place)
	c := &crashing{t: t, token: made.Token}
	c.url.Store(server.url)
	stop := make(chan struct{})
	var people sync.WaitGroup
	for w := range 4 {
		people.Go(func() {
			web := client(t)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					c.report(web, w*1_000_000+i)
				}
			}
		})
	}
	target := filepath.Join(t.TempDir(), "backups")
	killBackup(t, s.Place, target)
	for range 3 {
		if said, err := exec.Command(program(t), append([]string{"backup", target}, flags(s.Place)...)...).CombinedOutput(); err != nil {
			t.Errorf("%v %s", err, said)
		}
	}
	close(stop)
	people.Wait()
	server.stop(t)
	names, err := backup.Names(target)
	if err != nil || len(names) != 3 {
		t.Fatalf("%v %v", names, err)
	}
	if code, said := command(t, "backup", "check", target); code != 0 || strings.Count(said, "tables with") != 3 {
		t.Errorf("%d %s", code, said)
	}
	to := Place{Data: t.TempDir(), Keys: s.Place.Keys}
	killRestore(t, target, to)
	if code, said := command(t, append([]string{"restore", filepath.Join(target, names[1])}, flags(to)...)...); code != 0 {
		t.Fatalf("%d %s", code, said)
	}
	confirm(t, to) // where the server has signed since the backup
	restored, err := Open(t.Context(), to, Web{Limits: "on"}, s.Now)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if wrong, err := verify.All(t.Context(), restored.DB, &out, restored.Checks()); err != nil || wrong > 0 {
		t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
	}
	if n := count(t, restored.DB); n == 0 {
		t.Error("nobody had reported by then")
	}
	if err := restored.Close(); err != nil {
		t.Error(err)
	}
}

// killBackup kills a backup as soon as it has begun to write.
func killBackup(t *testing.T, from Place, target string) {
	t.Helper()
	cmd := exec.Command(program(t), append([]string{"backup", target}, flags(from)...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for begun := []string(nil); len(begun) == 0; {
		begun, _ = filepath.Glob(filepath.Join(target, "unfinished-*", "rows*"))
	}
	_ = cmd.Process.Kill()
	if err := cmd.Wait(); err == nil {
		t.Error("the backup was done before it could be killed")
	}
	if names, err := backup.Names(target); err != nil || len(names) != 0 {
		t.Errorf("a killed backup passes for one: %v %v", names, err)
	}
	if code, said := command(t, "backup", "check", target); code != 1 || !strings.Contains(said, "no complete backup") {
		t.Errorf("%d %s", code, said)
	}
}

// killRestore kills a restore in its midst; the program does not start on what
// is left.
func killRestore(t *testing.T, source string, to Place) {
	t.Helper()
	cmd := exec.Command(program(t), append([]string{"restore", source}, flags(to)...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(to.Data, sqliteFile)
	for size := int64(0); size < 100_000; { // the mark and some tables
		size = 0
		for _, suffix := range []string{"", "-wal"} {
			if info, err := os.Stat(path + suffix); err == nil {
				size += info.Size()
			}
		}
	}
	_ = cmd.Process.Signal(syscall.SIGKILL)
	if err := cmd.Wait(); err == nil {
		t.Error("the restore was done before it could be killed")
	}
	for _, verb := range []string{"verify", "serve", "backup"} {
		args := append([]string{verb}, flags(to)...)
		if verb == "backup" {
			args = append(args, filepath.Join(t.TempDir(), "backups"))
		}
		if code, said := command(t, args...); code != 1 || !strings.Contains(said, "restore") && verb != "backup" {
			t.Errorf("%s on half a restore: %d %s", verb, code, said)
		}
	}
}

// What the command line refuses, it says in words.
func TestBackupRefusals(t *testing.T) {
	t.Setenv("LANG", "en")
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{Limits: "on"}, clock.Fixed(morning))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	target, elsewhere := filepath.Join(t.TempDir(), "backups"), t.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "letter"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code int
		said string
		args []string
	}{
		{1, "no database", []string{"backup", target, "--data", t.TempDir()}},
		{1, "no complete backup", []string{"restore", target, "--data", t.TempDir()}},
		{1, "no complete backup", []string{"backup", "check", target}},
		{1, "no folder of backups", []string{"backup", elsewhere, "--data", s.Place.Data}},
		{0, "The key ring is not in it", []string{"backup", target, "--data", s.Place.Data}},
		{0, "tables with", []string{"backup", "check", target}},
		{1, "is not empty", []string{"restore", target, "--data", s.Place.Data}},
		{1, "is not empty: it holds letter", []string{"restore", target, "--data", elsewhere}},
		{0, "put the key file", []string{"restore", target, "--data", filepath.Join(t.TempDir(), "new")}},
	} {
		if code, said := command(t, c.args...); code != c.code || !strings.Contains(said, c.said) {
			t.Errorf("%v: %d %s", c.args, code, said)
		}
	}
}

// keptFiles is how verify counts the kept uploads of a city: those of the demo and
// the three that were sent.
func keptFiles(t *testing.T, s *System) *regexp.Regexp {
	t.Helper()
	var n int64
	err := s.DB.Read(t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from upload where kept = 1`)
		return err
	})
	if err != nil || n < 3 {
		t.Fatalf("%d uploads are kept: %v", n, err)
	}
	return regexp.MustCompile(fmt.Sprintf(`files of kept uploads are there +%d checked`, n))
}
