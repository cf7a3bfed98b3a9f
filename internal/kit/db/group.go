package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// A commit on SQLite costs a sync of the disk, a transaction almost nothing.
// The group lets waiting transactions share one commit: each runs in a
// savepoint of a common transaction, in its caller's goroutine, and is
// acknowledged after the common commit. One that fails is rolled back to its
// savepoint and takes nobody with it.
type group struct {
	turns chan *turn
	done  chan struct{}
	conn  *sql.Conn

	mu     sync.RWMutex // held for reading while a turn is being asked for
	closed bool
}

// turn is one caller's place in the common transaction.
type turn struct {
	start  chan error // nil: the savepoint is open and the caller may run
	ran    chan bool  // the caller has run: keep its changes, or drop them
	commit chan error // the common commit's result
}

// most transactions that share one commit; enough to make the sync cheap,
// few enough that the first does not wait long for the last.
const groupSize = 128

var (
	errClosed = errors.New("db: closed")
	errBroken = errors.New("db: the storage ended the transaction")
)

func newGroup(conn *sql.Conn) *group {
	g := &group{turns: make(chan *turn), done: make(chan struct{}), conn: conn}
	go g.serve()
	return g
}

func (g *group) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.closed = true
		close(g.turns)
		<-g.done
	}
}

// do runs f as one turn. Statements run without ctx's cancellation, because
// SQLite answers an interrupted write by rolling back the whole transaction,
// which others share; a caller who left is noticed before the turn starts.
func (g *group) do(ctx context.Context, d *DB, f func(*Tx) error) error {
	t := &turn{make(chan error, 1), make(chan bool), make(chan error, 1)}
	if err := g.ask(ctx, t); err != nil {
		return err
	}
	if err := <-t.start; err != nil {
		return fmt.Errorf("db.InTx: %w", classify(err))
	}
	tx := &Tx{Reader: Reader{d, g.conn, context.WithoutCancel(ctx)}}
	if err := g.run(ctx, t, tx, f); err != nil {
		return err
	}
	if err := <-t.commit; err != nil {
		return classify(err)
	}
	tx.committed()
	return nil
}

func (g *group) ask(ctx context.Context, t *turn) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return errClosed
	}
	select {
	case g.turns <- t:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("db.InTx: %w", ctx.Err())
	}
}

// run calls f and hands the turn back whatever f does: returning, failing,
// panicking or ending its goroutine.
func (g *group) run(ctx context.Context, t *turn, tx *Tx, f func(*Tx) error) (err error) {
	keep := false
	defer func() { t.ran <- keep }()
	if err = ctx.Err(); err != nil {
		return err
	}
	err = tx.run(f)
	keep = err == nil
	return err
}

func (g *group) serve() {
	defer close(g.done)
	for t := range g.turns {
		g.batch(t)
	}
}

// batch runs first and whoever waits by then in one transaction.
func (g *group) batch(first *turn) {
	if err := g.exec("begin immediate"); err != nil {
		first.start <- err
		return
	}
	var kept []*turn
	var err error
	for t := first; t != nil; t = g.next(err, len(kept)) {
		keep, failed := g.one(t)
		if keep {
			kept = append(kept, t)
		}
		err = failed
	}
	if err = g.finish(err); err != nil {
		err = fmt.Errorf("db.InTx: %w", err)
	}
	for _, t := range kept {
		t.commit <- err
	}
}

// next returns who waits, or nil when the batch must end.
func (g *group) next(err error, n int) *turn {
	if err != nil || n >= groupSize {
		return nil
	}
	select {
	case t := <-g.turns: // nil once the group is closed
		return t
	default:
		return nil
	}
}

// one lets t run in a savepoint and reports whether its changes wait for the
// commit. An error means that SQLite has ended the common transaction (a full
// disk does that): nobody may run in it any more, for a statement outside of a
// transaction would commit by itself.
func (g *group) one(t *turn) (kept bool, err error) {
	if err := g.exec("savepoint turn"); err != nil {
		t.start <- err
		return false, errBroken
	}
	t.start <- nil
	kept = <-t.ran
	if !kept && g.exec("rollback to turn") != nil {
		return false, errBroken
	}
	if g.exec("release turn") != nil {
		return kept, errBroken
	}
	return kept, nil
}

func (g *group) finish(err error) error {
	if err == nil {
		if err = g.exec("commit"); err == nil {
			return nil
		}
	}
	// The transaction may be gone already; there is nothing left to undo then.
	_ = g.exec("rollback")
	return err
}

func (g *group) exec(q string) error {
	_, err := g.conn.ExecContext(context.Background(), q)
	return err
}
