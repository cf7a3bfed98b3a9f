package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// statement is SQL with its arguments.
type statement struct {
	text string
	args []any
}

// counting is a table of the numbers from 1.
func counting(name string, most int) string {
	return fmt.Sprintf("%[1]s(n) as (select 1 union all select n + 1 from %[1]s where n < %[2]d)", name, most)
}

// fill makes the demo of a folder and adds rows to it while nothing runs, unless
// there counts them already.
func (s *settings) fill(ctx context.Context, folder, database, there string, rows func(context.Context, *sql.DB) ([]statement, error)) error {
	c, err := s.demo(ctx, folder, database)
	if err != nil {
		return err
	}
	if err := errors.Join(c.quiet(ctx), c.stop()); err != nil {
		return err
	}
	e := engineOf(s.dir, folder, database)
	p, err := sql.Open(e.driver, e.source)
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	defer func() { _ = p.Close() }()
	n := 0
	if err := p.QueryRowContext(ctx, there).Scan(&n); err != nil || n > 0 {
		return err //nolint:wrapcheck // the caller prints it
	}
	list, err := rows(ctx, p)
	if err != nil {
		return err
	}
	tx, err := p.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // says nothing once it is committed
	for _, x := range list {
		if _, err := tx.ExecContext(ctx, x.text, x.args...); err != nil {
			return fmt.Errorf("fill: %w\n%s", err, x.text)
		}
	}
	return tx.Commit() //nolint:wrapcheck // the caller prints it
}
