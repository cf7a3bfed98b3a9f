package tlog_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/verify"
)

func tables() []dbtest.Migration {
	return []dbtest.Migration{{Module: "log", Files: tlog.Migrations()}, crypttest.Tables()}
}

const kind = "thing/v1"

// These tests happen at one instant.
func present() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 123_000_000, clock.Shanghai) }

func seed() []byte {
	sum := sha256.Sum256([]byte("of the tests"))
	return sum[:]
}

// world is a log over things that live in memory. Those in sealed are sealed by
// a key; those whose key was destroyed are in gone, with when.
type world struct {
	*tlog.Log
	t      testing.TB
	db     *db.DB
	vault  *crypt.Vault
	things map[string]string
	sealed map[string]bool
	gone   map[string]time.Time
	times  map[string]time.Time // of things that did not happen at present
	late   map[string]bool      // that say that they were written down late
	now    time.Time
	note   *keyring.Note // of a log that remembers
}

func newWorld(t testing.TB, d *db.DB, witnesses ...string) *world {
	t.Helper()
	w := &world{t: t, db: d, things: map[string]string{}, sealed: map[string]bool{}, gone: map[string]time.Time{},
		times: map[string]time.Time{}, late: map[string]bool{}, now: present()}
	w.vault = crypttest.Vault(t, clock.Fixed(present()))
	var err error
	w.Log, err = tlog.New(d, func() time.Time { return w.now }, w.vault, seed(), witnesses...)
	w.must(err)
	w.Cover(tlog.Kind{Name: kind, What: "things", Facts: w.facts})
	return w
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newWorld(t, d)) }, tables()...)
}

func (w *world) facts(_ context.Context, _ db.Reader, after string, limit int) (fs []tlog.Fact, err error) {
	var ids []string
	for id := range w.things {
		if id > after {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids[:min(limit, len(ids))] {
		f := thing(id, w.things[id])
		if at, ok := w.times[id]; ok {
			f.At = at
		}
		f.Late = w.late[id]
		if w.sealed[id] {
			f.Key, f.Gone = "thing/"+id, w.gone[id]
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func thing(id, text string) tlog.Fact {
	return tlog.Fact{Record: id, At: present(), Shown: tlog.Statement{{Name: "text", Value: text}}, Rest: tlog.Statement{{Name: "id", Value: id}}}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	w.must(w.db.InTx(w.t.Context(), f))
}

func (w *world) read(f func(db.Reader) error) {
	w.t.Helper()
	w.must(w.db.Read(w.t.Context(), f))
}

// add appends n things.
func (w *world) add(n int) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		facts := make([]tlog.Fact, n)
		for i := range facts {
			id := fmt.Sprintf("t%08d", len(w.things))
			w.things[id] = "thing " + id
			facts[i] = thing(id, w.things[id])
			if w.sealed[id] {
				facts[i].Key = "thing/" + id
			}
		}
		return w.Append(tx, kind, facts...)
	})
}

func (w *world) sequence() {
	w.t.Helper()
	w.must(w.Sequence(w.t.Context()))
}

// checkpoint is the latest one.
func (w *world) checkpoint() tlog.Checkpoint {
	w.t.Helper()
	text, err := w.Latest(w.t.Context())
	w.must(err)
	c, err := tlog.OpenCheckpoint(text, w.Key())
	w.must(err)
	return c
}

func (w *world) leaf(id string) (leaf tlog.Leaf) {
	w.t.Helper()
	w.read(func(r db.Reader) error {
		found, err := tlog.LeafOf(r, kind, id)
		leaf = *found
		return err
	})
	return leaf
}

// salt opens the salt of a leaf.
func (w *world) salt(leaf tlog.Leaf) (salt []byte) {
	w.t.Helper()
	w.read(func(r db.Reader) (err error) {
		salt, err = w.OpenSalt(r, leaf)
		return err
	})
	return salt
}

// seal makes the keys of things and seals them by these from now on.
func (w *world) seal(ids ...string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		for _, id := range ids {
			if _, err := w.vault.Create(tx, "thing/"+id); err != nil {
				return err
			}
			w.sealed[id] = true
		}
		return nil
	})
}

// destroy destroys the key of a thing, and writes that down elsewhere.
func (w *world) destroy(id string, at time.Time) {
	w.t.Helper()
	w.gone[id] = at
	w.tx(func(tx *db.Tx) error {
		_, err := w.vault.Destroy(tx, "thing/"+id, at)
		return err
	})
}

func (w *world) judge() string {
	w.t.Helper()
	var out strings.Builder
	_, _ = verify.All(w.t.Context(), w.db, &out, w.Checks()) // a check that breaks off is said
	return out.String()
}

// sound fails the test when verify has anything to say.
func (w *world) sound() {
	w.t.Helper()
	if said := w.judge(); strings.Contains(said, "WRONG") {
		w.t.Error(said)
	}
}
