package tlog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	for _, t := range l.Standings() {
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

// walk goes over all leaves in order.
type walk struct {
	log     *Log
	r       db.Reader
	report  func(string, ...any)
	excused allowed
	size    int64           // leaves so far
	peaks   []merkle.Hash   // roots of whole subtrees, largest first
	levels  [][]merkle.Hash // the unfinished tile of each level
	tiles   int64           // tiles so far that are whole
	heads   []head          // checkpoints that come next
	last    Checkpoint      // the last one that was reached; of size -1 before the first
	unsure  bool            // leaves were missing, so that no head can be reckoned
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

// comparePlaces looks whether leaves are found by their hashes.
func (w *walk) comparePlaces(leaves []Leaf) error {
	for part := range slices.Chunk(leaves, perPage) {
		var where db.Where
		bound := make([]string, len(part))
		for i, leaf := range part {
			bound[i] = where.Bind("?", prefixOf(merkle.RecordHash(leaf.Entry)))
		}
		rows, err := db.All[struct{ Prefix, Idx int64 }](w.r, `select prefix, idx from log_place where prefix in (`+strings.Join(bound, ", ")+`)`, where.Args()...)
		if err != nil {
			return fmt.Errorf("tlog: places: %w", err)
		}
		found := make(map[int64]int64, len(rows))
		for _, x := range rows {
			found[x.Idx] = x.Prefix
		}
		for _, leaf := range part {
			if at, ok := found[leaf.Idx]; !ok || at != prefixOf(merkle.RecordHash(leaf.Entry)) {
				w.report("leaf %d is not found by its hash", leaf.Idx)
			}
		}
	}
	return nil
}

// add puts a leaf hash at the end of the tree.
func (w *walk) add(h merkle.Hash) {
	w.push(0, h)
	w.peaks = append(w.peaks, h)
	w.size++
	for n := w.size; n%2 == 0; n /= 2 {
		k := len(w.peaks)
		w.peaks = append(w.peaks[:k-2], merkle.NodeHash(w.peaks[k-2], w.peaks[k-1]))
	}
}

// push puts a hash at the end of a level.
func (w *walk) push(level int, h merkle.Hash) {
	if level == len(w.levels) {
		w.levels = append(w.levels, nil)
	}
	if len(w.levels[level]) == width {
		w.levels[level] = nil
	}
	w.levels[level] = append(w.levels[level], h)
	if len(w.levels[level]) == width {
		w.push(level+1, rootOf(w.levels[level]))
	}
}

// root is the head of the tree as it stands.
func (w *walk) root() (merkle.Hash, error) {
	if w.size == 0 {
		return merkle.TreeHash(0, nil)
	}
	h := w.peaks[len(w.peaks)-1]
	for i := len(w.peaks) - 2; i >= 0; i-- {
		h = merkle.NodeHash(w.peaks[i], h)
	}
	return h, nil
}

// compareTiles compares the tiles that have become whole with a leaf.
func (w *walk) compareTiles(leaf Leaf) error {
	for level, n := 0, w.size; n%width == 0 && n > 0; level, n = level+1, n/width {
		if err := w.compareTile(level, n/width-1, w.levels[level]); err != nil {
			return fmt.Errorf("tlog: after leaf %d: %w", leaf.Idx, err)
		}
		w.tiles++
	}
	return nil
}

func (w *walk) compareTile(level int, n int64, want []merkle.Hash) error {
	raw, err := db.Value[[]byte](w.r, `select hashes from log_tile where level = $1 and n = $2`, level, n)
	if errors.Is(err, db.ErrNone) {
		w.report("tile %d/%d is missing", level, n)
		return nil
	}
	if err != nil {
		return err
	}
	got := hashesOf(raw)
	if len(raw) != len(want)*merkle.HashSize {
		w.report("tile %d/%d holds %d hashes, not %d", level, n, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] && want[i] != (merkle.Hash{}) {
			w.report("hash %d of tile %d/%d is not that of its %s", i, level, n, below(level))
		}
	}
	return nil
}

// below is what the hashes of a level are of.
func below(level int) string {
	if level == 0 {
		return "leaf"
	}
	return "tile"
}

// compareHeads compares the checkpoints of this size with the tree, and has the
// next one at hand.
func (w *walk) compareHeads() error {
	for {
		if len(w.heads) == 0 {
			heads, err := db.All[head](w.r, `select size, note, at, before, link from log_checkpoint where size > $1 order by size limit $2`, w.last.Size, perPage)
			if err != nil {
				return fmt.Errorf("tlog: checkpoints: %w", err)
			}
			w.heads = heads
		}
		if len(w.heads) == 0 || w.heads[0].Size > w.size {
			return nil
		}
		if err := w.compareHead(w.heads[0]); err != nil {
			return err
		}
		w.heads = w.heads[1:]
	}
}

// compareHead compares one checkpoint with the tree and with the one before it,
// and looks at who signed it.
func (w *walk) compareHead(h head) error {
	before := w.last
	c, ok := w.open(h)
	w.last = Checkpoint{Size: h.Size, At: before.At}
	if !ok {
		w.report("checkpoint %d was altered: its signature, size or time does not hold", h.Size)
		return nil
	}
	w.last.At = c.At
	switch {
	case !w.log.signer.linked(h.Link, h.Before, c):
		w.report("checkpoint %d was altered: its link with the one before it does not hold", h.Size)
	case h.Before != before.Size:
		w.report("checkpoint %d was signed next after %d, which is gone; before it stands %d", h.Size, h.Before, before.Size)
	case c.At.Before(before.At):
		w.report("checkpoint %d was signed on %s, before the smaller one of %s", h.Size, instant(c.At), instant(before.At))
	}
	root, err := w.root()
	if err != nil {
		return err
	}
	if c.Hash != root && !w.unsure {
		w.report("checkpoint %d was signed over other leaves than those that stand there", h.Size)
	}
	return w.compareWitnesses(h)
}

// open reads a checkpoint; false when it is not what stands beside it.
func (w *walk) open(h head) (Checkpoint, bool) {
	c, err := OpenCheckpoint(h.Note, w.log.Key())
	return c, err == nil && c.Size == h.Size && c.At.Unix() == h.At.Unix()
}

// compareWitnesses verifies the signatures of witnesses below a checkpoint.
func (w *walk) compareWitnesses(h head) error {
	sigs, err := db.All[struct{ Witness, Line string }](w.r, `select witness, line from log_cosignature where size = $1 order by witness`, h.Size)
	if err != nil {
		return fmt.Errorf("tlog: cosignatures of %d: %w", h.Size, err)
	}
	for _, s := range sigs {
		v, err := ParseKey(s.Witness)
		if err == nil {
			_, err = OpenCheckpoint(h.Note+s.Line, w.log.Key(), v)
		}
		if err != nil {
			w.report("checkpoint %d: the signature of witness %s does not hold", h.Size, s.Witness)
		}
	}
	return nil
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
	if err := w.strays(); err != nil {
		return err
	}
	for level, n := 0, w.size; n > 0; level, n = level+1, n/width {
		if n%width == 0 {
			continue
		}
		if err := w.compareTile(level, n/width, w.levels[level]); err != nil {
			return err
		}
		w.tiles++
	}
	return w.counts()
}

// counts looks for rows too many.
func (w *walk) counts() error {
	have, err := db.One[struct{ Tiles, Places, Heads int64 }](w.r, `select (select count(*) from log_tile) as tiles, (select count(*) from log_place) as places,
		(select count(*) from log_head) as heads`)
	if err != nil {
		return fmt.Errorf("tlog: counts: %w", err)
	}
	if have.Tiles > w.tiles {
		w.report("%d tiles too many", have.Tiles-w.tiles)
	}
	if have.Places > w.size {
		w.report("%d places of leaves too many", have.Places-w.size)
	}
	if have.Heads > 1 {
		w.report("%d heads too many", have.Heads-1)
	}
	return nil
}

// strays looks at leaves that neither the walk nor the check of their kind sees:
// without them a record and its leaf could be hidden together.
func (w *walk) strays() error {
	var unknown db.Where
	for _, k := range w.log.kinds {
		unknown.And("kind <> ?", k.Name)
	}
	kinds, err := db.All[struct {
		Kind, First string
		N           int64
	}](w.r, `select kind, min(record) as first, count(*) as n from log_leaf `+unknown.String()+` group by kind
		union all select kind, '', count(*) from log_leaf where record = '' group by kind order by 1`, unknown.Args()...)
	for _, k := range kinds {
		w.report("%d leaves of %s are about nothing that is known, the first about %s", k.N, k.Kind, k.First)
	}
	outside, also := db.All[Leaf](w.r, `select record, kind, entry, at, idx from log_leaf where idx < 0 or idx >= $1 order by idx limit $2`, w.size, perPage)
	for _, leaf := range outside {
		w.report("%s has a leaf at %d, outside of the log", leaf.Record, leaf.Idx)
	}
	return errors.Join(err, also, w.waiting())
}

// waiting looks at leaves that wait for longer than promised: the sequencer
// passed them over, or does not run.
func (w *walk) waiting() error {
	now := w.log.now()
	leaves, err := db.All[Leaf](w.r, `select record, kind, entry, at, coalesce(idx, -1) as idx from log_leaf where idx is null and at < $1 order by at, record limit $2`,
		now.Add(-Promised), perPage)
	for _, leaf := range leaves {
		if w.excused.outage(leaf.At) {
			continue
		}
		w.report("%s waits for the log since %s", leaf.Record, instant(leaf.At))
	}
	return err
}
