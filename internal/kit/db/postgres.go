package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	maxConns    = 32
	maxAttempts = 12
)

func openPostgres(ctx context.Context, url string) (*DB, error) {
	p, err := sql.Open("pgx", url)
	if err != nil {
		return nil, fmt.Errorf("db.Open: %w", err)
	}
	p.SetMaxOpenConns(maxConns)
	p.SetMaxIdleConns(maxConns)
	p.SetConnMaxIdleTime(5 * time.Minute)
	if err := p.PingContext(ctx); err != nil {
		return nil, errors.Join(unreachable(err), p.Close())
	}
	return &DB{dialect: Postgres, write: p, read: p}, nil
}

// unreachable says why PostgreSQL does not take us. Of the addresses that were
// tried the last one's reason is told; the driver names no password.
func unreachable(err error) error {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	return fault.New(fault.Unavailable, i18n.T("连不上数据库：%s", "the database cannot be reached: %s"), strings.TrimSpace(lines[len(lines)-1])).
		WithFix(i18n.T("请核对 --database 的地址、用户、密码和库名，以及 PostgreSQL 是否在运行", "check address, user, password and name in --database, and whether PostgreSQL runs"))
}

// retry runs f again for as long as PostgreSQL gives up on it only because
// another transaction ran at the same time.
func (d *DB) retry(ctx context.Context, level sql.IsolationLevel, f func(*Tx) error) error {
	for attempt := range maxAttempts {
		err := d.once(ctx, level, f)
		if !collided(err) {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
	return fault.New(fault.Unavailable, i18n.T("系统繁忙", "the system is busy")).
		WithFix(i18n.T("请稍后再试，已填写的内容没有丢失", "please try again in a moment; nothing you typed is lost"))
}

// pause waits a random moment that grows with the attempts, so that rivals
// do not meet again at once.
func pause(ctx context.Context, attempt int) error {
	limit := time.Millisecond << min(attempt, 7)
	select {
	case <-ctx.Done():
		return fmt.Errorf("db.InTx: %w", ctx.Err())
	case <-time.After(rand.N(limit)): //nolint:gosec // a random wait needs no secret
		return nil
	}
}

func (d *DB) once(ctx context.Context, level sql.IsolationLevel, f func(*Tx) error) error {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db.InTx: %w", err)
	}
	p := newPipe(conn, level)
	defer p.end(ctx)
	tx := &Tx{Reader: Reader{d, p, ctx}, pipe: p}
	if err := tx.run(f); err != nil {
		return err
	}
	if err := p.commit(ctx); err != nil {
		return classify(err)
	}
	tx.committed()
	return nil
}

// sqlState returns PostgreSQL's five-letter code of err.
func sqlState(err error) string {
	if e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return e.SQLState()
	}
	return ""
}

func collided(err error) bool {
	s := sqlState(err)
	return s == "40001" || s == "40P01"
}
