package tlog

import (
	"context"
	"errors"
	"fmt"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

// Checks are the invariants of the log. Nothing here is used by the sequencer:
// the tree is reckoned from the entries anew, and each checkpoint compared with
// what it must have been when it was signed, which proves all of them
// consistent. Memory holds a page of leaves and the right edge of the tree.
func (l *Log) Checks() []verify.Check {
	var checks []verify.Check
	if l.memory != nil {
		checks = append(checks, verify.Check{Name: "log: goes on from what was signed", Run: l.checkKept})
	}
	checks = append(checks, verify.Check{Name: "log: tree and checkpoints", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
		excused, err := allowances(r)
		if err != nil {
			return 0, err
		}
		return (&walk{log: l, r: r, report: report, excused: excused, last: Checkpoint{Size: -1}}).run()
	}})
	for _, k := range l.kinds {
		checks = append(checks, l.check(k))
	}
	for _, t := range l.StandingTables() {
		checks = append(checks, l.checkStanding(t))
	}
	return checks
}

// checkKept compares the database with what this server remembers of it.
func (l *Log) checkKept(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
	err := l.guard(r)
	if e, ok := errors.AsType[*fault.Error](err); ok {
		report("%s", e.Text.EN)
		return 1, nil
	}
	return 1, err
}

// walk goes over all leaves in order, and compares what is stored with the tree
// that they make.
type walk struct {
	reckoned // of the leaves so far

	log     *Log
	r       db.Reader
	report  func(string, ...any)
	excused allowed
	tiles   int64      // tiles so far that are whole
	heads   []head     // checkpoints that come next
	last    Checkpoint // the last one that was reached; of size -1 before the first
	unsure  bool       // leaves were missing, so that no head can be reckoned
}

func (w *walk) run() (n int, err error) {
	if err := w.compareHeads(); err != nil {
		return 0, err
	}
	for full := true; full; {
		leaves, err := db.All[Leaf](w.r, `select record, kind, entry, at, idx from log_leaf where idx >= $1 and idx < $2 order by idx`, w.size, w.size+batch)
		if err != nil {
			return n, fmt.Errorf("tlog: leaves from %d: %w", w.size, err)
		}
		if err := fault.First(func() error { return w.take(leaves) }, func() error { return w.comparePlaces(leaves) }); err != nil {
			return n, err
		}
		n, full = n+len(leaves), len(leaves) > 0
	}
	return n, w.end()
}

// take adds leaves to the tree. Where one is missing its place is left empty,
// and nothing above it can be reckoned any more.
func (w *walk) take(leaves []Leaf) error {
	for _, leaf := range leaves {
		for w.size < leaf.Idx {
			w.report("leaf %d is missing", w.size)
			w.unsure = true
			w.add(merkle.Hash{})
		}
		w.inTime(leaf)
		w.add(merkle.RecordHash(leaf.Entry))
		if w.size%width == 0 {
			if err := w.compareTiles(leaf); err != nil {
				return err
			}
		}
		if err := w.compareHeads(); err != nil {
			return err
		}
	}
	return nil
}

// inTime looks whether a leaf was signed within what is promised. A server that
// stood still does that, and so does whoever puts in a fact with an older date:
// a person must say which it was (AcceptOutage).
func (w *walk) inTime(leaf Leaf) {
	if len(w.heads) == 0 {
		return
	}
	signed := w.heads[0].At
	if signed.Sub(leaf.At) > Promised && !w.excused.outage(leaf.At) {
		w.report("leaf %d, about %s, is of %s and was signed on %s only", leaf.Idx, leaf.Record, instant(leaf.At), instant(signed))
	}
	if leaf.At.Sub(signed) > AtOnce {
		w.report("leaf %d, about %s, is of %s and was signed before, on %s", leaf.Idx, leaf.Record, instant(leaf.At), instant(signed))
	}
}

// end looks at what lies behind the last leaf.
func (w *walk) end() error {
	size, err := db.Value[int64](w.r, `select size from log_head where one = 1`)
	if errors.Is(err, db.ErrNone) {
		w.report("the head is gone")
		size, err = w.size, nil
	}
	if err != nil {
		return fmt.Errorf("tlog: head: %w", err)
	}
	last, err := db.Value[int64](w.r, `select coalesce(max(size), 0) from log_checkpoint`)
	if err != nil {
		return fmt.Errorf("tlog: last checkpoint: %w", err)
	}
	if last > w.size {
		w.report("checkpoint %d was signed, but only %d leaves are left", last, w.size)
	}
	if last < w.size {
		w.report("there are %d leaves, but the last checkpoint is %d", w.size, last)
	}
	if size != w.size {
		w.report("there are %d leaves, but the head says %d", w.size, size)
	}
	return fault.First(w.strays, w.compareLastTiles, w.counts)
}
