// Package verify re-reads what is stored and re-checks every invariant: a
// second judge that shares no code path with the writing side. Modules bring
// checks; "qingfeng verify" runs them all on one snapshot each and prints what
// it counted, so that a check which looks at nothing is seen.
package verify

import (
	"context"
	"errors"
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
	// Noting is in place of Run for a check that passes over something: it also
	// says what, and why; nothing where it looked at everything.
	Noting func(ctx context.Context, r db.Reader, report func(format string, args ...any)) (looked int, note string, err error)
}

// All runs checks in order, printing a line for each and one for every
// violation, and returns how many violations there are. A check that breaks off
// counts as one and keeps no other from being run; All returns why in the end.
func All(ctx context.Context, d *db.DB, w io.Writer, checks []Check) (wrong int, err error) {
	var broken []error
	for _, c := range checks {
		n, bad, note, err := c.run(ctx, d, w)
		if err != nil {
			broken = append(broken, fmt.Errorf("verify %s: %w", c.Name, err))
			bad++
			_, _ = fmt.Fprintf(w, "WRONG %s: it could not be finished: %v\n", c.Name, err)
		}
		wrong += bad
		if _, err := fmt.Fprintf(w, "%-40s %10d checked, %d wrong\n", c.Name, n, bad); err != nil {
			return wrong, err
		}
		if note != "" {
			if _, err := fmt.Fprintf(w, "%-40s %s\n", "", note); err != nil {
				return wrong, err
			}
		}
	}
	return wrong, errors.Join(broken...)
}

func (c Check) run(ctx context.Context, d *db.DB, w io.Writer) (looked, bad int, note string, err error) {
	err = d.Read(ctx, func(r db.Reader) (err error) {
		report := func(format string, args ...any) {
			bad++
			_, _ = fmt.Fprintf(w, "WRONG %s: "+format+"\n", append([]any{c.Name}, args...)...)
		}
		if c.Noting != nil {
			looked, note, err = c.Noting(ctx, r, report)
			return err
		}
		looked, err = c.Run(ctx, r, report)
		return err
	})
	return looked, bad, note, err
}
