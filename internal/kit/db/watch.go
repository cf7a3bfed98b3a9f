package db

import (
	"errors"
	"slices"
)

// Watcher looks at rows before they are written and once more before what was
// written is committed, in the same transaction.
type Watcher interface {
	// Before is told of each row once in a transaction.
	Before(tx *Tx, table string, keys []string) error
	// After is told of all rows of a table together, tables in the order in which
	// they were first changed. What it writes is not watched.
	After(tx *Tx, table string, keys []string) error
}

// Watch has w told of rows that are changed from now on. It is called while the
// program is put together, before anybody writes.
func (d *DB) Watch(w Watcher) { d.watcher = w }

// changes are the keys of rows that a transaction changes, by table.
type changes map[string]map[string]bool

var errLoose = errors.New("db: watched rows are changed in InTx alone")

// Changing says that rows of a table are about to be written, by the keys under
// which they are watched: new ones, such as are there, and such as will be gone.
func (t *Tx) Changing(table string, keys ...string) error {
	if t.db.watcher == nil || len(keys) == 0 {
		return nil
	}
	if t.loose {
		return errLoose
	}
	known := t.changed[table]
	if known == nil {
		known = map[string]bool{}
		if t.changed == nil {
			t.changed = changes{}
		}
		t.changed[table] = known
	}
	var fresh []string
	for _, k := range keys {
		if !known[k] {
			known[k] = true
			fresh = append(fresh, k)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	for _, k := range fresh {
		Gather(t, "rows of "+table, k, func(keys []string) error {
			delete(t.changed, table)
			slices.Sort(keys)
			return t.db.watcher.After(t, table, keys)
		})
	}
	return t.db.watcher.Before(t, table, fresh)
}

// Change is Exec for a statement that writes the rows of one key of a table.
func (t *Tx) Change(table, key, q string, args ...any) (int64, error) {
	if err := t.Changing(table, key); err != nil {
		return 0, err
	}
	return t.Exec(q, args...)
}
