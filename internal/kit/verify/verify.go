// Package verify re-reads what is stored and re-checks every invariant: a
// second judge that shares no code path with the writing side. Modules bring
// checks; "qingfeng verify" runs them all, as many at a time as there are
// processors and each on one snapshot, and prints in their order what they
// counted, so that a check which looks at nothing is seen.
package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"qingfeng/internal/kit/db"
)

// mostSaid is how many violations of one invariant are printed; the rest are
// counted.
const mostSaid = 1000

// Check is one invariant, or several of the same rows.
type Check struct {
	Name string
	// Run looks at everything and returns how many things it looked at. It
	// reports each violation.
	Run func(ctx context.Context, r db.Reader, report func(format string, args ...any)) (looked int, err error)
	// Noting is in place of Run for a check that passes over something: it also
	// says what, and why; nothing where it looked at everything.
	Noting func(ctx context.Context, r db.Reader, report func(format string, args ...any)) (looked int, note string, err error)
	// Names and Walk are in place of Name and Run for several invariants of the
	// same rows, which are read once for all of them. Walk reports to one of the
	// names, by its place, and returns for each what it passed over, as Noting does,
	// and why it broke off, if it did.
	Names []string
	Walk  func(ctx context.Context, r db.Reader, report func(of int, format string, args ...any)) (looked int, notes []string, errs []error)
}

// Line is what came of one invariant.
type Line struct {
	Name   string
	Looked int
	Wrong  int
	Note   string
	Said   []string // of the violations, the first
	Err    error    // why it broke off
}

// lines are what will come of a check.
func (c Check) lines() []Line {
	if c.Walk == nil {
		return []Line{{Name: c.Name}}
	}
	lines := make([]Line, len(c.Names))
	for i, name := range c.Names {
		lines[i].Name = name
	}
	return lines
}

// Look runs a check on a snapshot. One that breaks off has one violation more.
func (c Check) Look(ctx context.Context, r db.Reader) []Line {
	lines := c.lines()
	errs, notes, looked := make([]error, len(lines)), make([]string, len(lines)), 0
	first := func(format string, args ...any) { lines[0].complain(format, args...) }
	switch {
	case c.Walk != nil:
		looked, notes, errs = c.Walk(ctx, r, func(of int, format string, args ...any) { lines[of].complain(format, args...) })
	case c.Noting != nil:
		looked, notes[0], errs[0] = c.Noting(ctx, r, first)
	default:
		looked, errs[0] = c.Run(ctx, r, first)
	}
	for i := range lines {
		lines[i].Looked, lines[i].Note = looked, notes[i]
		lines[i].breakOff(errs[i])
	}
	return lines
}

func (l *Line) complain(format string, args ...any) {
	l.Wrong++
	if l.Wrong <= mostSaid {
		l.Said = append(l.Said, fmt.Sprintf(format, args...))
	}
}

func (l *Line) breakOff(err error) {
	if err != nil {
		l.Err = errors.Join(l.Err, err)
		l.complain("it could not be finished: %v", err)
	}
}

// write prints what came of an invariant: a line for each violation, and one for
// all.
func (l *Line) write(w io.Writer) error {
	var b strings.Builder
	for _, said := range l.Said {
		fmt.Fprintf(&b, "WRONG %s: %s\n", l.Name, said)
	}
	if more := l.Wrong - len(l.Said); more > 0 {
		fmt.Fprintf(&b, "WRONG %s: and %d more\n", l.Name, more)
	}
	fmt.Fprintf(&b, "%-48s %10d checked, %d wrong\n", l.Name, l.Looked, l.Wrong)
	if l.Note != "" {
		fmt.Fprintf(&b, "%-48s %s\n", "", l.Note)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// All runs checks and prints what they say in their order. It returns how many
// violations there are. A check that breaks off counts as one and keeps no other
// from being run; All returns why in the end.
func All(ctx context.Context, d *db.DB, w io.Writer, checks []Check) (wrong int, err error) {
	var run errgroup.Group
	run.SetLimit(runtime.GOMAXPROCS(0))
	said := make([]chan []Line, len(checks))
	for i := range said {
		said[i] = make(chan []Line, 1)
	}
	go func() {
		for i, c := range checks {
			run.Go(func() error {
				said[i] <- c.look(ctx, d)
				return nil
			})
		}
	}()
	var broken []error
	for _, lines := range said {
		for _, l := range <-lines {
			wrong += l.Wrong
			if l.Err != nil {
				broken = append(broken, fmt.Errorf("verify %s: %w", l.Name, l.Err))
			}
			if err == nil {
				err = l.write(w)
			}
		}
	}
	return wrong, errors.Join(append(broken, err)...)
}

// look is Look on a snapshot of its own.
func (c Check) look(ctx context.Context, d *db.DB) (lines []Line) {
	err := d.Read(ctx, func(r db.Reader) error {
		lines = c.Look(ctx, r)
		return nil
	})
	if lines == nil { // there was no snapshot
		lines = c.lines()
	}
	for i := range lines {
		lines[i].breakOff(err)
	}
	return lines
}
