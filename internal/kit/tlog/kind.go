package tlog

import (
	"bytes"
	"context"
	"fmt"
	"maps"
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

// Adopt appends leaves for records that are older than the log, and remarks how
// many: all of them, or none. It does so once in the life of a database, and for
// each kind of standing once: later, a record without a leaf is a fault. Fault: Conflict where this server remembers
// another history (Guard).
func (l *Log) Adopt(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "tlog.Adopt")
	err = l.db.InTx(ctx, func(tx *db.Tx) error {
		if err := l.guard(tx.Reader); err != nil {
			return err
		}
		return fault.First(func() error { return l.adoptKinds(ctx, tx) }, func() error { return l.adoptStandings(tx) })
	})
	if err != nil || l.memory == nil {
		return err
	}
	if k, err := l.recall(); err == nil && k.Adopted {
		return nil
	}
	return l.change(func(k *kept) { k.Adopted = true })
}

// adoptKinds appends leaves for all records that have none, unless that was done.
func (l *Log) adoptKinds(ctx context.Context, tx *db.Tx) error {
	adopted, err := db.Value[int64](tx.Reader, `select adopted from log_head where one = 1`)
	if err != nil || adopted != 0 {
		return err
	}
	at := l.now()
	for _, k := range l.kinds {
		if err := l.adopt(ctx, tx, k, at); err != nil {
			return err
		}
	}
	return tx.Add(`update log_head set adopted = 1 where one = 1`)
}

// adopt appends leaves for the records of a kind that have none. One that does
// not open gets none, and verify names it.
func (l *Log) adopt(ctx context.Context, tx *db.Tx, k Kind, at time.Time) error {
	taken := 0
	for after, more := "", true; more; {
		p, err := readPage(ctx, tx.Reader, k, after)
		if err != nil {
			return err
		}
		after, more = p.last, p.last != ""
		old := slices.DeleteFunc(p.facts, func(f Fact) bool { return p.leaves[f.Record].Entry != nil || f.Broken != nil })
		if err := l.append(tx, k.Name, at, old...); err != nil {
			return err
		}
		taken += len(old)
	}
	if taken == 0 {
		return nil
	}
	return l.remark(tx, at, remarkPast, Past{k.Name, taken})
}

// page is some records of a kind and the leaves in the same range of
// identifiers.
type page struct {
	facts  []Fact
	leaves map[string]Leaf
	keys   map[string]crypt.Key // that seal the facts
	last   string               // where the next page begins; empty after the last page
}

// readPage reads records and leaves above an identifier, so many of either that
// they fit into memory however many of the other are gone.
func readPage(ctx context.Context, r db.Reader, k Kind, after string) (p page, err error) {
	if p.facts, err = k.Facts(ctx, r, after, perPage); err != nil {
		return p, fmt.Errorf("tlog: %s: %w", k.What, err)
	}
	leaves, err := db.All[Leaf](r, selectLeaf+`where kind = $1 and record > $2 order by record limit $3`, k.Name, after, perPage)
	if err != nil {
		return p, fmt.Errorf("tlog: leaves of %s: %w", k.What, err)
	}
	if len(p.facts) == perPage {
		p.last = p.facts[perPage-1].Record
	}
	if len(leaves) == perPage && (p.last == "" || leaves[perPage-1].Record < p.last) {
		p.last = leaves[perPage-1].Record
	}
	p.facts = slices.DeleteFunc(p.facts, func(f Fact) bool { return p.last != "" && f.Record > p.last })
	p.leaves = map[string]Leaf{}
	for _, leaf := range leaves {
		if p.last == "" || leaf.Record <= p.last {
			p.leaves[leaf.Record] = leaf
		}
	}
	return p, nil
}

// check looks whether each record has a leaf that fits it, and the other way
// round.
func (l *Log) check(k Kind) verify.Check {
	return verify.Check{Name: "log: leaves of " + k.What, Noting: func(ctx context.Context, r db.Reader, report func(string, ...any)) (n int, note string, err error) {
		j := judge{kind: k.Name, report: report}
		if j.allowed, err = allowances(r); err != nil {
			return 0, "", err
		}
		for after, more := "", true; more; {
			p, err := readPage(ctx, r, k, after)
			if err != nil {
				return n, "", err
			}
			if p.keys, err = l.keysOf(r, p.facts); err != nil {
				return n, "", err
			}
			j.compare(p)
			n += len(p.facts)
			after, more = p.last, p.last != ""
		}
		return n, j.gone.String(), nil
	}}
}

// judge compares the records of a kind with their leaves.
type judge struct {
	kind    string
	report  func(string, ...any)
	allowed allowed
	gone    destroyed
}

// compare looks at one page.
func (j *judge) compare(p page) {
	for _, f := range p.facts {
		leaf, ok := p.leaves[f.Record]
		delete(p.leaves, f.Record)
		switch k := p.keys[f.Key]; {
		case f.Broken != nil:
			j.report("%s was altered: %v", f.Record, f.Broken)
		case !ok:
			j.report("%s is not in the log", f.Record)
		case k.Broken() != nil:
			j.report("%s cannot be read: %v (%s)", f.Record, k.Broken(), place(leaf))
		case f.Key != leaf.SealedBy:
			j.report("%s was altered: it is sealed by key %q, and %s by key %q", f.Record, f.Key, place(leaf), leaf.SealedBy)
		case f.Key != "" && k.Gone():
			j.gone.compare(f, leaf, k, j.report)
			j.compareTimes(f, leaf)
		default:
			f.compare(j.kind, leaf, k, j.report)
			j.compareTimes(f, leaf)
		}
	}
	for _, record := range slices.Sorted(maps.Keys(p.leaves)) {
		j.report("%s is gone, but is %s", record, place(p.leaves[record]))
	}
}

const (
	// AtOnce is how far the time of a leaf may lie from that of its fact.
	AtOnce = 10 * time.Minute
	// MostLate is how much younger than its fact a leaf may be where the record
	// says that it was written down late.
	MostLate = 367 * 24 * time.Hour
)

// compareTimes looks whether a record was there when it says that it was.
func (j *judge) compareTimes(f Fact, leaf Leaf) {
	late := leaf.At.Sub(f.At)
	switch {
	case late < -AtOnce:
		j.report("%s says %s, but is in the log since %s already (%s)", f.Record, instant(f.At), instant(leaf.At), place(leaf))
	case late <= AtOnce, f.Late && late <= MostLate, j.allowed.older(j.kind, leaf.At):
	default:
		j.report("%s was back-dated: it says %s, and its leaf is of %s (%s)", f.Record, instant(f.At), instant(leaf.At), place(leaf))
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
		report("%s: the key of its words was destroyed on %s, and a step says %s (%s)", f.Record, instant(at), instant(f.Gone), place(leaf))
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

// instant is a time to the millisecond.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// place names a leaf for a person.
func place(l Leaf) string {
	if l.Waits() {
		return "a waiting leaf of the log"
	}
	return fmt.Sprintf("leaf %d of the log", l.Idx)
}
