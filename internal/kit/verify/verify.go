// Package verify re-reads what is stored and re-checks every invariant: a
// second judge that shares no code path with the writing side. Modules bring
// checks; "qingfeng verify" runs them all on one snapshot each and prints what
// it counted, so that a check which looks at nothing is seen.
package verify

import (
	"context"
	"fmt"
	"io"

	"qingfeng/internal/kit/db"
)

// Check is one invariant.
type Check struct {
	Name string
	// Run looks at everything and returns how many things it looked at. It
	// reports each violation.
	Run func(ctx context.Context, r db.Reader, report func(format string, args ...any)) (looked int, err error)
	// Note says, after Run, what it passed over and why; nil or nothing where it
	// looked at everything.
	Note func() string
}

// All runs checks in order, printing a line for each and one for every
// violation, and returns how many violations there are.
func All(ctx context.Context, d *db.DB, w io.Writer, checks []Check) (wrong int, err error) {
	for _, c := range checks {
		n, bad, err := one(ctx, d, w, c)
		if err != nil {
			return wrong, fmt.Errorf("verify %s: %w", c.Name, err)
		}
		wrong += bad
		if _, err := fmt.Fprintf(w, "%-40s %10d checked, %d wrong\n", c.Name, n, bad); err != nil {
			return wrong, err
		}
		if err := note(w, c); err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

func note(w io.Writer, c Check) error {
	if c.Note == nil {
		return nil
	}
	said := c.Note()
	if said == "" {
		return nil
	}
	_, err := fmt.Fprintf(w, "%-40s %s\n", "", said)
	return err
}

func one(ctx context.Context, d *db.DB, w io.Writer, c Check) (looked, bad int, err error) {
	err = d.Read(ctx, func(r db.Reader) (err error) {
		looked, err = c.Run(ctx, r, func(format string, args ...any) {
			bad++
			_, _ = fmt.Fprintf(w, "WRONG %s: "+format+"\n", append([]any{c.Name}, args...)...)
		})
		return err
	})
	return looked, bad, err
}
