package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// witness notes what it is told, and how many notes it saw then.
type witness struct {
	mu   sync.Mutex
	told []string
	fail string // of what it is told to fail
}

var errWitness = errors.New("the witness objects")

func (w *witness) note(tx *db.Tx, when, table string, keys []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := db.Value[int64](tx.Reader, `select count(*) from note`)
	w.told = append(w.told, fmt.Sprintf("%s %s %s: %d", when, table, strings.Join(keys, "+"), n))
	if when == w.fail {
		return errWitness
	}
	return err
}

func (w *witness) Before(tx *db.Tx, table string, keys []string) error {
	return w.note(tx, "before", table, keys)
}

func (w *witness) After(tx *db.Tx, table string, keys []string) error {
	return w.note(tx, "after", table, keys)
}

// A watcher is told of each row before it is written and once more of all before
// the commit, and of nothing that failed.
func TestWatcherSeesBeforeAndAfter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := &witness{}
		d.Watch(w)
		change := func(tx *db.Tx, key string) error {
			_, err := tx.Change("note", key, insertNote, key, nil, false, []string{}, 1)
			return err
		}
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			w.told = nil // it may run more than once
			if err := change(tx, "b"); err != nil {
				return err
			}
			if err := tx.Changing("note", "b", "a", "a"); err != nil {
				return err
			}
			if err := tx.Changing("note", "a", "b"); err != nil {
				return err
			}
			if err := tx.Changing("note"); err != nil {
				return err
			}
			return tx.Changing("book", "x")
		})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"before note b: 0", "before note a: 1", "before book x: 1", "after note a+b: 1", "after book x: 1"}
		if diff := cmp.Diff(want, w.told); diff != "" {
			t.Error(diff)
		}
		for _, fail := range []string{"before", "after"} {
			w.fail = fail
			if err := d.InTx(t.Context(), func(tx *db.Tx) error { return change(tx, fail) }); !errors.Is(err, errWitness) {
				t.Errorf("%s: %v", fail, err)
			}
		}
		w.fail, w.told = "", nil
		boom := errors.New("boom")
		if err := d.InTx(t.Context(), func(*db.Tx) error { return boom }); !errors.Is(err, boom) || len(w.told) > 0 {
			t.Errorf("%v, told %v", err, w.told)
		}
		for name, in := range map[string]func(context.Context, func(*db.Tx) error) error{"claim": d.InClaim, "add": d.InAdd} {
			if err := in(t.Context(), func(tx *db.Tx) error { return change(tx, name) }); err == nil || len(w.told) > 0 {
				t.Errorf("in %s: %v, told %v", name, err, w.told)
			}
			if err := in(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(`delete from note where id = 'nobody'`); return err }); err != nil {
				t.Error(err)
			}
		}
		if ns := all(t, d); len(ns) != 1 {
			t.Errorf("left behind: %v", ns)
		}
	}, notes())
}
