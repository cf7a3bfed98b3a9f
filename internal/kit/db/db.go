package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/google/uuid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Dialect names an engine.
type Dialect string

// The engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database.
type DB struct {
	dialect Dialect
	write   *sql.DB // SQLite: one connection, used by the group alone
	read    *sql.DB // the same pool as write on PostgreSQL
	group   *group  // SQLite only
	texts   sync.Map
	watcher Watcher // nil: nobody watches
}

// Option changes how a database is opened.
type Option func(*options)

type options struct{ sync string }

// Unsynced opens a SQLite file without waiting for the disk at each commit:
// for making in bulk what can be made again. A power cut may leave the file
// unreadable. PostgreSQL has its own setting for that and ignores this one.
func Unsynced(o *options) { o.sync = "OFF" }

// Open opens the database that url names: "postgres://…", or the path of a
// SQLite file, which is made when it does not exist.
func Open(ctx context.Context, url string, opts ...Option) (*DB, error) {
	o := options{sync: "FULL"}
	for _, change := range opts {
		change(&o)
	}
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return openPostgres(ctx, url)
	}
	if scheme, _, found := strings.Cut(url, "://"); found {
		return nil, fault.New(fault.Invalid, i18n.T("数据库地址要以 postgres:// 开头，不是 %s://", "the address of a database begins with postgres://, not %s://"), scheme)
	}
	return openSQLite(ctx, url, o)
}

// Dialect tells which engine this is, for the statements that must differ.
func (d *DB) Dialect() Dialect { return d.dialect }

// Close waits for running transactions and closes the database.
func (d *DB) Close() error {
	if d.group == nil {
		return d.write.Close()
	}
	d.group.close()
	return errors.Join(d.read.Close(), d.write.Close())
}

// Ping reports whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

// InTx runs f in a write transaction and commits it when f returns nil. When
// InTx returns nil the change is durable.
func (d *DB) InTx(ctx context.Context, f func(*Tx) error) error {
	if d.group != nil {
		return d.group.do(ctx, d, f)
	}
	return d.retry(ctx, sql.LevelSerializable, f)
}

// InClaim is InTx for taking work from a queue: on PostgreSQL it runs at
// read committed, because claims use "for update skip locked", which needs no
// serializable snapshot and would only abort one.
func (d *DB) InClaim(ctx context.Context, f func(*Tx) error) error {
	claim := func(tx *Tx) error {
		tx.loose = true
		return f(tx)
	}
	if d.group != nil {
		return d.group.do(ctx, d, claim)
	}
	return d.retry(ctx, sql.LevelReadCommitted, claim)
}

// InAdd is InTx for transactions that only add rows of their own and decide
// nothing by what others write, such as accepting a report: on PostgreSQL it
// runs at read committed. A serializable transaction reads, for each foreign
// key, the very index pages that all others are adding to, so any two that add
// at once would abort each other. What must be unique is kept so by its index,
// on either level (ErrTaken).
func (d *DB) InAdd(ctx context.Context, f func(*Tx) error) error { return d.InClaim(ctx, f) }

// Read runs f on a read-only snapshot.
func (d *DB) Read(ctx context.Context, f func(Reader) error) (err error) {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.dialect == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.read.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("db.Read: %w", err)
	}
	// A read transaction has nothing to commit, and its rollback nothing to say.
	defer func() { _ = tx.Rollback() }()
	return f(Reader{d, tx, ctx})
}

// Look is Read without a common snapshot: each statement sees the last commit.
// It is for looking things up that change seldom and not together; on
// PostgreSQL it spares the two turns that begin and end a snapshot.
func (d *DB) Look(ctx context.Context, f func(Reader) error) (err error) {
	if d.dialect != Postgres {
		return d.Read(ctx, f)
	}
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db.Look: %w", err)
	}
	defer func() { _ = conn.Close() }() // gives it back to the pool
	return f(Reader{d, conn, ctx})
}

// NewID returns a new identifier: a UUIDv7 as text, which sorts by age.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
