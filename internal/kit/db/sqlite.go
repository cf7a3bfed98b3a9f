package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// openSQLite opens the file twice: one connection that writes, several that
// read snapshots. Full synchronisation, because an acknowledged report must
// survive a power cut. What is deleted is overwritten with zeros: a sealed text
// would otherwise stay legible where it stood before.
func openSQLite(ctx context.Context, path string, o options) (_ *DB, err error) {
	d := &DB{dialect: SQLite}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("db.Open: %w", err)
	}
	if d.write, err = sql.Open("sqlite3", dsn(path, "_txlock=immediate&_secure_delete=true&_synchronous="+o.sync)); err != nil {
		return nil, fmt.Errorf("db.Open: %w", err)
	}
	d.write.SetMaxOpenConns(2) // the group's connection, and one for migrations
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("db.Open(%s): %w", path, classify(err))
	}
	if d.read, err = sql.Open("sqlite3", dsn(path, "_txlock=deferred&_query_only=1")); err != nil {
		return nil, fmt.Errorf("db.Open: %w", err)
	}
	d.read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	d.read.SetMaxIdleConns(max(4, 2*runtime.NumCPU()))
	d.group = newGroup(conn)
	return d, nil
}

// create makes the file for its owner alone; what SQLite puts beside it is like
// it. One that is there stays as it is.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the path is the operator's
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func dsn(path, more string) string {
	u := url.URL{Scheme: "file", Opaque: url.PathEscape(path)}
	return u.String() + "?_journal_mode=WAL&_foreign_keys=1&_busy_timeout=15000&_cache_size=-32000&_stmt_cache_size=256&" + more
}

func sqliteFull(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.Code == sqlite3.ErrFull || e.SystemErrno == syscall.ENOSPC)
}

func sqliteShut(err error) bool {
	e, ok := err.(sqlite3.Error) //nolint:errorlint // the driver returns it bare
	return ok && (e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrCantOpen || e.Code == sqlite3.ErrPerm)
}

func sqliteUnique(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	return ok && (e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey)
}
