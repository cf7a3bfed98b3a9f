package tlog_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
)

// remember has a log remember what it signs, in a file beside a new ring.
func (w *world) remember() (path string) {
	w.t.Helper()
	dir := w.t.TempDir()
	ring, err := keyring.Make(filepath.Join(dir, "ring"), "")
	w.must(err)
	path = filepath.Join(dir, "ring.log")
	w.note = ring.Note(path, "log")
	w.Remember(w.note)
	return path
}

// integrateThen takes a turn of the sequencer that ends in an error.
func (w *world) integrateThen(end error) error {
	return w.db.InClaim(w.t.Context(), func(tx *db.Tx) error {
		if _, err := w.Integrate(tx); err != nil {
			return err
		}
		return end
	})
}

// another is the log of another server, which has its own note at path.
func (w *world) another(m tlog.Memory) *tlog.Log {
	w.t.Helper()
	l, err := tlog.New(w.db, clock.Fixed(present()), crypttest.Vault(w.t, clock.Fixed(present())), seed())
	w.must(err)
	l.Remember(m)
	l.Cover(tlog.Kind{Name: kind, What: "things", Facts: w.facts})
	return l
}

// refused fails the test unless the log signs, adopts and serves nothing, and
// verify says why.
func (w *world) refused(t *testing.T, want string) {
	t.Helper()
	if err := w.Guard(t.Context()); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), want) {
		t.Errorf("guard: want %q, got %v", want, err)
	}
	if err := w.Stopped(); err == nil {
		t.Error("not stopped")
	}
	if err := w.Adopt(t.Context()); !fault.Is(err, fault.Conflict) {
		t.Errorf("adopted: %v", err)
	}
	w.add(1)
	if err := w.Sequence(t.Context()); !fault.Is(err, fault.Conflict) {
		t.Errorf("signed: %v", err)
	}
	if said := w.judge(); !strings.Contains(said, "WRONG log: goes on from what was signed: the log is stopped: "+want) {
		t.Error(said)
	}
	mux := http.NewServeMux()
	w.Mount(mux)
	for _, path := range []string{"/log/checkpoint", "/log/tile/0/000", "/log/proof/0"} {
		rec := httptest.NewRecorder()
		if mux.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)); rec.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}

// Whoever can write every table, and lacks the key ring, does not get another
// history signed.
func TestARewrittenHistoryIsNotSigned(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(*world)
		want string
	}{
		"emptied, to be adopted": {func(w *world) { w.empty(); w.exec(`update log_head set adopted = 0`) }, "the database says that the log has not begun"},
		"emptied":                {func(w *world) { w.empty() }, "the log has 0 leaves left of 601"},
		"another history of the same size": {func(w *world) {
			other := newWorld(w.t, w.db)
			w.empty()
			other.add(700)
			other.sequence()
			w.things = other.things
		}, "the first 601 leaves are another history"},
		"yesterday's tables": {func(w *world) { w.restoreTables() }, "the log has 600 leaves left of 601"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.remember()
				w.must(w.Adopt(t.Context()))
				w.history()
				w.copyTables()
				w.sequence()
				w.sound()
				w.must(w.Guard(t.Context()))
				c.do(w)
				w.refused(t, c.want)
			})
		})
	}
}

// Without the note, or with one that was altered, nothing is signed over a
// history that is there already.
func TestWithoutItsNoteTheLogStops(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		path := w.remember()
		w.must(w.Guard(t.Context())) // a new database needs none
		w.add(3)
		w.sequence()
		note, err := os.ReadFile(path)
		w.must(err)
		w.must(os.WriteFile(path, []byte(strings.Replace(string(note), `"size":3`, `"size":2`, 1)), 0o600))
		w.refused(t, "the note of what was signed last was altered")
		w.must(os.Remove(path))
		w.refused(t, "this server has no note")
		w.must(os.WriteFile(path, note, 0o600))
		w.must(w.Guard(t.Context()))
		if err := w.Stopped(); err != nil {
			t.Error(err)
		}
		w.sequence()
		w.sound()
	})
}

// A process that dies before the commit of a batch, or after it and before the
// note, leaves a database that is believed. Where the note cannot be written
// nothing more is signed.
func TestKilledAroundTheCommit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		path := w.remember()
		w.add(3)
		w.sequence()
		before, err := os.ReadFile(path)
		w.must(err)
		w.add(3)
		if err := w.another(failing{}).Sequence(t.Context()); !errors.Is(err, errFull) {
			t.Errorf("signed without a note: %v", err)
		}
		killed := errors.New("killed")
		if err := w.integrateThen(killed); !errors.Is(err, killed) {
			t.Fatal(err)
		}
		w.must(w.Guard(t.Context()))
		w.sequence()
		w.must(os.WriteFile(path, before, 0o600)) // as if it died after the commit
		w.must(w.Guard(t.Context()))
		if now, err := w.note.Read(); err != nil || !strings.Contains(string(now), `"size":6`) {
			t.Errorf("%s %v", now, err)
		}
		w.sound()
	})
}

// failing is a memory on a disk that is full.
type failing struct{}

var errFull = errors.New("disk full")

func (failing) Read() ([]byte, error) {
	return []byte(`{"size":0,"hash":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}`), nil
}
func (failing) Change(func([]byte) ([]byte, error)) error  { return errFull }
func (failing) Replace(func([]byte) ([]byte, error)) error { return errFull }

// Each server keeps its own note, and learns what the others have signed.
func TestServersKeepTheirOwnNotes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.remember()
		dir := t.TempDir()
		ring, err := keyring.Make(filepath.Join(dir, "ring"), "")
		w.must(err)
		path := filepath.Join(dir, "ring.log")
		other := w.another(ring.Note(path, "log"))
		w.add(3)
		w.sequence()
		if err := other.Guard(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Errorf("a server that comes late believes the database: %v", err)
		}
		copied, err := w.note.Read() // what its operator copies with the key ring
		w.must(err)
		w.must(ring.Note(path, "log").Change(func([]byte) ([]byte, error) { return copied, nil }))
		w.must(other.Guard(t.Context()))
		w.add(3)
		w.must(other.Sequence(t.Context()))
		w.must(w.Guard(t.Context()))
		theirs, err1 := ring.Note(path, "log").Read()
		mine, err2 := w.note.Read()
		if err1 != nil || err2 != nil || string(mine) != string(theirs) || !strings.Contains(string(mine), `"size":6`) {
			t.Errorf("%s %v\n%s %v", mine, err1, theirs, err2)
		}
		w.sound()
	})
}

// A restore that a person accepts is a leaf, and the log goes on from there.
func TestAcceptedRestoreGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.remember()
		w.history()
		w.copyTables()
		w.sequence()
		kept := w.checkpoint()
		if _, err := w.AcceptRestore(t.Context(), 601, "why not"); !fault.Is(err, fault.Conflict) {
			t.Errorf("nothing is wrong: %v", err)
		}
		w.restoreTables()
		w.refused(t, "the log has 600 leaves left of 601")
		for _, c := range []struct {
			size   int64
			reason string
			want   fault.Kind
		}{{601, "the disk broke", fault.Conflict}, {599, "the disk broke", fault.Conflict}, {600, "", fault.Invalid}} {
			if _, err := w.AcceptRestore(t.Context(), c.size, c.reason); !fault.Is(err, c.want) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		x, err := w.AcceptRestore(t.Context(), 600, "the disk broke")
		if err != nil || x.From != 600 || x.Was != 601 || x.Hash != kept.Hash.String() {
			t.Fatalf("%+v %v", x, err)
		}
		w.must(w.Guard(t.Context()))
		w.sequence()
		w.sound()
		w.exec(`update log_remark set detail = replace(detail, '601', '600')`)
		if said := w.judge(); !strings.Contains(said, "is not what leaf") {
			t.Errorf("a remark flipped:\n%s", said)
		}
	})
}

// A tree that contradicts its own last checkpoint is no backup of this log.
func TestABrokenBackupIsNotAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		path := w.remember()
		w.history()
		w.must(os.Remove(path))
		w.exec(`update log_tile set hashes = (select hashes from log_tile where level = 0 and n = 1) where level = 0 and n = 2`)
		if _, err := w.AcceptRestore(t.Context(), 600, "x"); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	})
}

// Who watches is told once when the log stops, and once when it goes on.
func TestWatchTellsOfAStop(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLiteURL(t), tables()...))
	path := w.remember()
	w.add(1)
	w.sequence()
	w.must(os.Remove(path))
	ctx, cancel := context.WithCancel(t.Context())
	var told error
	w.Watch(ctx, func(stopped error) { told = stopped; cancel() })
	if !fault.Is(told, fault.Conflict) {
		t.Errorf("told %v", told)
	}
}
