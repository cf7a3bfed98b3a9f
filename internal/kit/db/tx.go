package db

import (
	"context"
	"database/sql"
)

// execer is what a transaction of database/sql and the group's connection
// have in common.
type execer interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
}

// Reader reads one consistent state. Functions of a store that only read take
// a Reader, so that they serve Read and InTx alike.
type Reader struct {
	db  *DB
	x   execer
	ctx context.Context //nolint:containedctx // the transaction's own: on SQLite a caller's cancellation must not interrupt a statement of a shared transaction
}

// Dialect tells which engine this is.
func (r Reader) Dialect() Dialect { return r.db.dialect }

// Tx is a write transaction.
type Tx struct {
	Reader
	before  []func() error
	waiting map[string]any // by key, what Gather keeps
	after   []func()
	pipe    *pipe // PostgreSQL only
	loose   bool  // it may see what others commit meanwhile (InClaim, InAdd)
	changed changes
}

// Gather keeps x until the end of a transaction: finish is called once, before
// the commit, with all that was kept under the key, in order. It is for what can
// be said of a thing only when all is written. What finish returns ends the
// transaction.
func Gather[T any](t *Tx, key string, x T, finish func([]T) error) {
	if kept, ok := t.waiting[key].(*[]T); ok {
		*kept = append(*kept, x)
		return
	}
	kept := &[]T{x}
	if t.waiting == nil {
		t.waiting = map[string]any{}
	}
	t.waiting[key] = kept
	t.before = append(t.before, func() error {
		delete(t.waiting, key)
		return finish(*kept)
	})
}

// run calls f and then what waits for the end.
func (t *Tx) run(f func(*Tx) error) error {
	err := f(t)
	for ; err == nil && len(t.before) > 0; t.before = t.before[1:] {
		err = t.before[0]()
	}
	return err
}

// AfterCommit has f called once the transaction is durable.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

func (t *Tx) committed() {
	for _, f := range t.after {
		f()
	}
}

// Add runs a statement about whose outcome nothing is asked: on PostgreSQL it
// waits for the next statement that is asked about, or for the commit, and all
// that wait travel together. What goes wrong with it is told then.
func (t *Tx) Add(q string, args ...any) error {
	if t.pipe != nil {
		t.pipe.add(q, plain(args))
		return nil
	}
	_, err := t.Exec(q, args...)
	return err
}

// Exec runs a statement and returns how many rows it touched.
func (t *Tx) Exec(q string, args ...any) (int64, error) {
	res, err := t.x.ExecContext(t.ctx, t.db.text(q), plain(args)...)
	if err != nil {
		return 0, classify(err)
	}
	return res.RowsAffected()
}
