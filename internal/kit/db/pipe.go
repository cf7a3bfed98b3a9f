package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pipe is a transaction on PostgreSQL in which statements may wait for each
// other's company: a dozen inserts that travel one by one cost a dozen turns
// between two processes, and together one. The begin waits too, and the commit
// travels with whatever waits by then, so that a transaction which only adds
// rows is a single turn. What is asked about runs after all that waited.
type pipe struct {
	conn    *sql.Conn
	waiting *pgx.Batch
	begun   bool // the begin has been sent
}

func newPipe(conn *sql.Conn, level sql.IsolationLevel) *pipe {
	p := &pipe{conn: conn, waiting: &pgx.Batch{}}
	p.add("begin isolation level "+level.String(), nil)
	return p
}

func (p *pipe) add(q string, args []any) { p.waiting.Queue(q, args...) }

// flush runs what waits, and returns what PostgreSQL called the last of it.
func (p *pipe) flush(ctx context.Context) (last string, err error) {
	batch := p.waiting
	if batch.Len() == 0 {
		return "", nil
	}
	p.waiting, p.begun = &pgx.Batch{}, true
	err = p.conn.Raw(func(raw any) error {
		c, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("db: %T is not pgx", raw)
		}
		results := c.Conn().SendBatch(ctx, batch)
		for range batch.Len() {
			tag, err := results.Exec()
			if err != nil {
				return errors.Join(err, ignoreSame(results.Close(), err))
			}
			last = tag.String()
		}
		return results.Close()
	})
	return last, err
}

// ignoreSame drops an error that only says again what is known.
func ignoreSame(err, known error) error {
	if err == nil || err.Error() == known.Error() {
		return nil
	}
	return err
}

// errRolledBack is what a commit of a failed transaction comes to: somebody
// went on after an error of the database.
var errRolledBack = errors.New("db: committed after a failure")

func (p *pipe) commit(ctx context.Context) error {
	p.add("commit", nil)
	last, err := p.flush(ctx)
	if err == nil {
		p.begun = false
		if last != "COMMIT" {
			err = errRolledBack
		}
	}
	return err
}

// end undoes what was not committed. A connection that cannot even do that is
// thrown away.
func (p *pipe) end(ctx context.Context) {
	if p.begun {
		if _, err := p.conn.ExecContext(context.WithoutCancel(ctx), "rollback"); err != nil {
			_ = p.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
	}
	_ = p.conn.Close() // gives it back to the pool; there is nothing left to fail
}

// QueryContext implements execer.
func (p *pipe) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if _, err := p.flush(ctx); err != nil {
		return nil, err
	}
	return p.conn.QueryContext(ctx, q, args...)
}

// ExecContext implements execer.
func (p *pipe) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	if _, err := p.flush(ctx); err != nil {
		return nil, err
	}
	return p.conn.ExecContext(ctx, q, args...)
}
