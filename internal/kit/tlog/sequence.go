package tlog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// batch is how many leaves get their index in one transaction: enough to be
// fast, few enough that nobody who writes waits long for it.
const batch = 2048

// errForked is why the sequencer refuses to sign: somebody has changed what was
// signed before.
var errForked = errors.New("tlog: the stored tree does not extend the last checkpoint; run qingfeng verify")

// Sequence gives every waiting leaf its index, and signs each new head. Any
// number of processes may call it at once. Fault: Conflict where this server
// remembers another history (Guard).
func (l *Log) Sequence(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "tlog.Sequence")
	for {
		if waits, err := l.waiting(ctx); err != nil || !waits {
			return err
		}
		if err := l.Guard(ctx); err != nil { // also where what was signed last cannot be written down
			return err
		}
		var b batched
		err := l.db.InClaim(ctx, func(tx *db.Tx) (err error) {
			b, err = l.integrate(tx)
			return err
		})
		if err == nil && l.memory != nil {
			err = l.signed(b.head)
		}
		if err != nil || b.n < batch {
			return err
		}
	}
}

// batched is what one turn of the sequencer did: how many leaves got an index,
// and the head above them.
type batched struct {
	n    int
	head keptHead
}

// waiting reports whether there is something to do, without waiting for whoever
// writes.
func (l *Log) waiting(ctx context.Context) (waits bool, err error) {
	err = l.db.Look(ctx, func(r db.Reader) error {
		_, err := db.Value[int64](r, `select 1 from log_leaf where idx is null
			union all select 1 where not exists (select 1 from log_checkpoint) limit 1`)
		waits = err == nil
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		return err
	})
	return waits, err
}

// integrate gives up to a batch of leaves their index. The row of the head is
// locked first, so that one sequencer at a time does so.
func (l *Log) integrate(tx *db.Tx) (b batched, err error) {
	size, err := lockHead(tx)
	if err != nil {
		return b, err
	}
	if err := l.guard(tx.Reader); err != nil {
		l.stop(err)
		return b, err
	}
	last, err := l.checkLast(tx.Reader, size)
	if err != nil {
		return b, err
	}
	leaves, err := number(tx, size)
	if err != nil {
		return b, err
	}
	end, err := openEdge(tx.Reader, size)
	if err != nil {
		return b, err
	}
	places := make([][]any, len(leaves))
	for i, entry := range leaves {
		h := merkle.RecordHash(entry)
		end.add(0, h)
		places[i] = []any{prefixOf(h), size + int64(i)}
	}
	b.n = len(leaves)
	size += int64(b.n)
	if err := errors.Join(end.store(tx), db.InsertMany(tx, "log_place", "prefix, idx", places), moveHead(tx, size)); err != nil {
		return b, err
	}
	b.head, err = l.signHead(tx, size, last)
	return b, err
}

// prefixOf is the part of a leaf hash by which it is found.
func prefixOf(h merkle.Hash) int64 { return int64(binary.BigEndian.Uint64(h[:])) } //nolint:gosec // any 64 bits will do

// checkLast refuses to go on from a tree that is not the one that was signed,
// and returns the last checkpoint; one without Note before the first.
func (l *Log) checkLast(r db.Reader, size int64) (c Checkpoint, err error) {
	last, err := lastCheckpoint(r)
	if errors.Is(err, db.ErrNone) {
		if size > 0 {
			return c, errForked
		}
		return c, nil
	}
	if err != nil {
		return c, err
	}
	if c, err = OpenCheckpoint(last, l.Key()); err != nil {
		return c, errors.Join(errForked, err)
	}
	root, err := merkle.TreeHash(size, stored(r))
	if err != nil || c.Size != size || c.Hash != root {
		return c, errors.Join(errForked, err)
	}
	return c, nil
}

// signHead signs the tree as it is stored now, never as of a time before the
// last checkpoint: another server's clock may have been ahead. A size that was
// signed before is never signed again.
func (l *Log) signHead(tx *db.Tx, size int64, last Checkpoint) (h keptHead, err error) {
	root, err := merkle.TreeHash(size, stored(tx.Reader))
	if err != nil {
		return h, fmt.Errorf("tlog.signHead: %w", err)
	}
	at := l.now()
	if at.Before(last.At) {
		at = last.At
	}
	c, err := l.signer.sign(size, root, at)
	if err != nil {
		return h, err
	}
	before := int64(-1)
	if last.Note != "" {
		before = last.Size
	}
	return keptHead{size, root.String()}, tx.Add(`insert into log_checkpoint (size, note, at, before, link) values ($1, $2, $3, $4, $5) on conflict (size) do nothing`,
		size, c.Note, c.At, before, l.signer.link(before, c))
}

// lockHead makes sequencers take turns and returns how many leaves have an
// index.
func lockHead(tx *db.Tx) (int64, error) {
	size, err := db.Value[int64](tx.Reader, `update log_head set size = size where one = 1 returning size`)
	if err != nil {
		return 0, fmt.Errorf("tlog.lockHead: %w", err)
	}
	return size, nil
}

func moveHead(tx *db.Tx, size int64) error {
	return tx.Add(`update log_head set size = $1 where one = 1`, size)
}

// number gives the first waiting leaves the indexes from size on and returns
// their entries in that order.
func number(tx *db.Tx, size int64) ([][]byte, error) {
	rows, err := db.All[struct {
		Idx   int64
		Entry []byte
	}](tx.Reader, `update log_leaf set idx = w.n
		from (select record, kind, $1 - 1 + row_number() over (order by record, kind) as n
			from (select record, kind from log_leaf where idx is null order by record, kind limit $2) first) w
		where log_leaf.record = w.record and log_leaf.kind = w.kind returning idx, entry`, size, batch)
	if err != nil {
		return nil, fmt.Errorf("tlog.number: %w", err)
	}
	out := make([][]byte, len(rows))
	for _, row := range rows { // both engines return them in an order of their own
		if i := row.Idx - size; i < 0 || i >= int64(len(out)) {
			return nil, fmt.Errorf("tlog.number: index %d among %d leaves from %d", row.Idx, len(rows), size)
		}
		out[row.Idx-size] = row.Entry
	}
	return out, nil
}

// lastCheckpoint returns the note of the latest head; db.ErrNone before the first.
func lastCheckpoint(r db.Reader) (string, error) {
	return db.Value[string](r, `select note from log_checkpoint order by size desc limit 1`)
}
