package db

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// A disk may be found full when the transaction of many is begun or committed,
// and whoever reports that has said where.
func TestClassifyLooksThroughWhatWasSaid(t *testing.T) {
	for err, want := range map[error]error{
		sqlite3.Error{Code: sqlite3.ErrFull}:                                                  syscall.ENOSPC,
		sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}:                    syscall.ENOSPC,
		sqlite3.Error{Code: sqlite3.ErrConstraint, ExtendedCode: sqlite3.ErrConstraintUnique}: ErrTaken,
	} {
		for _, said := range []error{err, fmt.Errorf("db.InTx: %w", err)} {
			if got := classify(said); !errors.Is(got, want) || !errors.Is(got, err) {
				t.Errorf("%v became %v, want %v", said, got, want)
			}
		}
	}
}
