package tlog

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

// Kind is a sort of record that the log covers: each of them has one leaf, and
// each leaf of the kind one of them.
type Kind struct {
	Name string // as it stands in the leaves, such as "report/v1"
	What string // what the records are, for checks: "reports"
	// Facts reads up to limit records above an identifier, in the order of
	// identifiers.
	Facts func(ctx context.Context, r db.Reader, after string, limit int) ([]Fact, error)
}

// perPage is how many records are read at a time, so that any number of them
// fits into memory.
const perPage = 500

// Cover adds kinds whose records Adopt and Checks look at.
func (l *Log) Cover(kinds ...Kind) { l.kinds = append(l.kinds, kinds...) }

// Adopt appends leaves for records that are older than the log. It does so once
// in the life of a database: later, a record without a leaf is a fault.
func (l *Log) Adopt(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "tlog.Adopt")
	var adopted bool
	err = l.db.Look(ctx, func(r db.Reader) (err error) {
		n, err := db.Value[int64](r, `select adopted from log_head where one = 1`)
		adopted = n != 0
		return err
	})
	if err != nil || adopted {
		return err
	}
	for _, k := range l.kinds {
		if err := l.adopt(ctx, k); err != nil {
			return err
		}
	}
	return l.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`update log_head set adopted = 1 where one = 1`)
		return err
	})
}

// adopt appends leaves for the records of a kind that have none. One that does
// not open gets none, and verify names it.
func (l *Log) adopt(ctx context.Context, k Kind) error {
	for after, n := "", perPage; n == perPage; {
		err := l.db.InTx(ctx, func(tx *db.Tx) error {
			p, err := readPage(ctx, tx.Reader, k, after)
			if err != nil || len(p.facts) == 0 {
				n = 0
				return err
			}
			n, after = len(p.facts), p.last()
			return l.Append(tx, k.Name, slices.DeleteFunc(p.facts, func(f Fact) bool { return p.leaves[f.Record].Entry != nil || f.Broken != nil })...)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// page is some records of a kind, in the order of their identifiers, and the
// leaves in the same range.
type page struct {
	facts  []Fact
	leaves map[string]Leaf
	keys   map[string]crypt.Key // that seal the facts
}

func (p page) last() string { return p.facts[len(p.facts)-1].Record }

// readPage reads the records above an identifier. The last page, which is not
// full, has all leaves that are left.
func readPage(ctx context.Context, r db.Reader, k Kind, after string) (p page, err error) {
	if p.facts, err = k.Facts(ctx, r, after, perPage); err != nil {
		return p, fmt.Errorf("tlog: %s: %w", k.What, err)
	}
	var w db.Where
	w.And("kind = ?", k.Name)
	w.And("record > ?", after)
	if len(p.facts) == perPage {
		w.And("record <= ?", p.last())
	}
	p.leaves = map[string]Leaf{}
	for leaf, err := range db.Each[Leaf](r, selectLeaf+w.String(), w.Args()...) {
		if err != nil {
			return p, fmt.Errorf("tlog: leaves of %s: %w", k.What, err)
		}
		p.leaves[leaf.Record] = leaf
	}
	return p, nil
}

// check looks whether each record has a leaf that fits it, and the other way
// round.
func (l *Log) check(k Kind) verify.Check {
	var gone destroyed
	return verify.Check{Name: "log: leaves of " + k.What, Note: gone.String,
		Run: func(ctx context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
			gone = destroyed{}
			for after, full := "", true; full; {
				p, err := readPage(ctx, r, k, after)
				if err != nil {
					return n, err
				}
				if p.keys, err = l.keysOf(r, p.facts); err != nil {
					return n, err
				}
				p.compare(k.Name, &gone, report)
				n += len(p.facts)
				if full = len(p.facts) == perPage; full {
					after = p.last()
				}
			}
			return n, nil
		}}
}

// compare looks at one page.
func (p page) compare(kind string, gone *destroyed, report func(string, ...any)) {
	for _, f := range p.facts {
		leaf, ok := p.leaves[f.Record]
		delete(p.leaves, f.Record)
		switch k := p.keys[f.Key]; {
		case f.Broken != nil:
			report("%s was altered: %v", f.Record, f.Broken)
		case !ok:
			report("%s is not in the log", f.Record)
		case f.Key != leaf.SealedBy:
			report("%s was altered: it is sealed by key %q, and %s by key %q", f.Record, f.Key, place(leaf), leaf.SealedBy)
		case f.Key != "" && k.Gone():
			gone.compare(f, leaf, k, report)
		default:
			f.compare(kind, leaf, k, report)
		}
	}
	for record, leaf := range p.leaves {
		report("%s is gone, but is %s", record, place(leaf))
	}
}

// compare looks at a record whose words can be read.
func (f Fact) compare(kind string, leaf Leaf, k crypt.Key, report func(string, ...any)) {
	salt, err := leaf.open(k)
	switch {
	case f.Key != "" && !f.Gone.IsZero():
		report("%s: its words are said to be destroyed, and their key is there", f.Record)
	case err != nil:
		report("the salt of %s was altered, which is about %s", place(leaf), f.Record)
	case !bytes.Equal(f.entry(kind, salt, leaf.At), leaf.Entry):
		report("%s was altered: it is not what %s commits to", f.Record, place(leaf))
	}
}

// destroyed counts records whose words were destroyed.
type destroyed struct {
	n           int
	first, last time.Time
}

// compare looks at a record whose words were destroyed. Nobody can say any more
// what they were; that they were destroyed, and when, must be a leaf itself.
func (d *destroyed) compare(f Fact, leaf Leaf, k crypt.Key, report func(string, ...any)) {
	at := k.GoneAt()
	switch {
	case f.Gone.IsZero():
		report("%s: the key of its words was destroyed on %s, and no step says so (%s)", f.Record, day(at), place(leaf))
	case !f.Gone.Equal(at):
		report("%s: the key of its words was destroyed on %s, and a step says %s (%s)", f.Record, at.UTC().Format(time.RFC3339Nano), f.Gone.UTC().Format(time.RFC3339Nano), place(leaf))
	}
	if d.n++; d.n == 1 || at.Before(d.first) {
		d.first = at
	}
	if at.After(d.last) {
		d.last = at
	}
}

// String says how many there were, and when; nothing where there were none.
func (d *destroyed) String() string {
	switch {
	case d.n == 0:
		return ""
	case day(d.first) == day(d.last):
		return fmt.Sprintf("%d in the log, destroyed on %s, not compared", d.n, day(d.first))
	}
	return fmt.Sprintf("%d in the log, destroyed from %s to %s, not compared", d.n, day(d.first), day(d.last))
}

// day is a date as the calendar has it here.
func day(t time.Time) string { return t.In(clock.Shanghai).Format(time.DateOnly) }

// place names a leaf for a person.
func place(l Leaf) string {
	if l.Waits() {
		return "a waiting leaf of the log"
	}
	return fmt.Sprintf("leaf %d of the log", l.Idx)
}
