package db

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// ErrTaken is wrapped by the error of a statement that would have stored the
// same key twice. On PostgreSQL the transaction is over by then; statements
// that expect it say "on conflict do nothing" instead.
var ErrTaken = errors.New("db: already there")

// classify gives the errors of both engines one name: ErrTaken, syscall.ENOSPC
// where nothing more can be stored, and fs.ErrPermission where the file cannot be
// opened or written.
func classify(err error) error {
	if err == nil {
		return nil
	}
	if sqliteUnique(err) || sqlState(err) == "23505" {
		return fmt.Errorf("%w: %w", ErrTaken, err)
	}
	if sqliteFull(err) || sqlState(err) == "53100" {
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	if sqliteShut(err) {
		return fmt.Errorf("%w: %w", fs.ErrPermission, err)
	}
	return err
}
