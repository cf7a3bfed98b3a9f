package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// verified measures "qingfeng verify" over a large city against reading its rows
// from one end to the other, once, without looking at them.
func verified(ctx context.Context, s *settings) ([]line, error) {
	c, err := s.cityOf(ctx, "sqlite", s.large, nil)
	if err != nil {
		return nil, err
	}
	if err := c.stop(); err != nil {
		return nil, err
	}
	folder := fmt.Sprintf("scale-sqlite-%d", s.large)
	e := engineOf(s.dir, folder, "")
	var rows int64
	floor, err := timed(func() error {
		rows, err = readAll(ctx, e.driver, e.source)
		return err
	})
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, s.program, "verify", "--data", filepath.Join(s.dir, folder)) //nolint:gosec // the program under measurement
	begin := time.Now()
	said, err := cmd.CombinedOutput()
	took := time.Since(begin)
	if err != nil {
		return nil, fmt.Errorf("verify: %w\n%s", err, tail(said))
	}
	memory := int64(0)
	if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = use.Maxrss >> 10
	}
	return []line{{what: fmt.Sprintf("verify over %d cases", s.large), floor: fmt.Sprintf("read %d rows: %.1f s", rows, floor.Seconds()),
		figure: fmt.Sprintf("%.1f s, at most %d MB", took.Seconds(), memory), ratio: took.Seconds() / floor.Seconds(), goal: "≤ 10 min for 1,000,000", spread: "one run"}}, nil
}

// tail is the end of what a program said.
func tail(said []byte) string {
	const most = 4000
	return strings.ToValidUTF8(string(said[max(0, len(said)-most):]), "")
}

// readAll reads every row of every table and returns how many there are.
func readAll(ctx context.Context, driver, source string) (n int64, err error) {
	db, err := sql.Open(driver, source)
	if err != nil {
		return 0, fmt.Errorf("read: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var names string
	err = db.QueryRowContext(ctx, `select group_concat(name, ' ') from sqlite_master where type = 'table' and sql not like 'create virtual%'`).Scan(&names)
	if err != nil {
		return 0, fmt.Errorf("read: %w", err)
	}
	for table := range strings.FieldsSeq(names) {
		rows, err := readTable(ctx, db, table)
		if err != nil {
			return n, fmt.Errorf("read %s: %w", table, err)
		}
		n += rows
	}
	return n, nil
}

// readTable reads every row of a table.
func readTable(ctx context.Context, db *sql.DB, table string) (n int64, err error) {
	rows, err := db.QueryContext(ctx, `select * from "`+table+`"`)
	if err != nil {
		return 0, err //nolint:wrapcheck // readAll names the table
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err //nolint:wrapcheck // as above
	}
	values := make([]sql.RawBytes, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err //nolint:wrapcheck // as above
		}
		n++
	}
	return n, rows.Err() //nolint:wrapcheck // as above
}
