package tlog

import (
	"bytes"
	"context"
	"fmt"
	"slices"

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

// adopt appends leaves for the records of a kind that have none.
func (l *Log) adopt(ctx context.Context, k Kind) error {
	for after, n := "", perPage; n == perPage; {
		err := l.db.InTx(ctx, func(tx *db.Tx) error {
			p, err := readPage(ctx, tx.Reader, k, after)
			if err != nil || len(p.facts) == 0 {
				n = 0
				return err
			}
			n, after = len(p.facts), p.last()
			return l.Append(tx, k.Name, slices.DeleteFunc(p.facts, func(f Fact) bool { return p.leaves[f.Record].Entry != nil })...)
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
	for leaf, err := range db.Each[Leaf](r, `select record, kind, entry, salt, at, coalesce(idx, -1) as idx from log_leaf `+w.String(), w.Args()...) {
		if err != nil {
			return p, fmt.Errorf("tlog: leaves of %s: %w", k.What, err)
		}
		p.leaves[leaf.Record] = leaf
	}
	return p, nil
}

// check looks whether each record has a leaf that fits it, and the other way
// round.
func (k Kind) check() verify.Check {
	return verify.Check{Name: "log: leaves of " + k.What, Run: func(ctx context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
		for after, full := "", true; full; {
			p, err := readPage(ctx, r, k, after)
			if err != nil {
				return n, err
			}
			k.compare(p, report)
			n += len(p.facts)
			if full = len(p.facts) == perPage; full {
				after = p.last()
			}
		}
		return n, nil
	}}
}

// compare looks at one page.
func (k Kind) compare(p page, report func(string, ...any)) {
	for _, f := range p.facts {
		leaf, ok := p.leaves[f.Record]
		delete(p.leaves, f.Record)
		switch {
		case !ok:
			report("%s is not in the log", f.Record)
		case leaf.Salt == nil:
			report("%s stands there, but the salt of %s was destroyed", f.Record, place(leaf))
		case !bytes.Equal(f.entry(k.Name, leaf.Salt, leaf.At), leaf.Entry):
			report("%s was altered: it is not what %s commits to", f.Record, place(leaf))
		}
	}
	for record, leaf := range p.leaves {
		if leaf.Salt != nil {
			report("%s is gone, but is %s", record, place(leaf))
		}
	}
}

// place names a leaf for a person.
func place(l Leaf) string {
	if l.Waits() {
		return "a waiting leaf of the log"
	}
	return fmt.Sprintf("leaf %d of the log", l.Idx)
}
