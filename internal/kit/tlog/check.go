package tlog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// Checks are the invariants of the log. Nothing here is used by the sequencer:
// the tree is reckoned from the entries anew, and each checkpoint compared with
// what it must have been when it was signed, which proves all of them
// consistent. Memory holds a page of leaves and the right edge of the tree.
func (l *Log) Checks() []verify.Check {
	var late lateness
	checks := []verify.Check{{Name: "log: tree and checkpoints", Note: late.String, Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
		late = lateness{}
		w := &walk{log: l, r: r, report: report, late: &late}
		return w.run()
	}}}
	for _, k := range l.kinds {
		checks = append(checks, l.check(k))
	}
	return checks
}

// walk goes over all leaves in order.
type walk struct {
	log    *Log
	r      db.Reader
	report func(string, ...any)
	size   int64           // leaves so far
	peaks  []merkle.Hash   // roots of whole subtrees, largest first
	levels [][]merkle.Hash // the unfinished tile of each level
	tiles  int64           // tiles so far that are whole
	heads  []head          // checkpoints that come next
	last   int64           // size of the last checkpoint that was read
	done   bool            // there are no further checkpoints
	unsure bool            // leaves were missing, so that no head can be reckoned
	oldest Leaf            // among those that no checkpoint has yet; none where At is zero
	late   *lateness
}

// lateness is how often leaves were signed later than promised. A server that
// stood still does that, and so does whoever puts in a fact with an older date:
// people must look at which it was.
type lateness struct {
	n     int
	first Leaf
	at    time.Time // when that was signed
	waits time.Time // since when a leaf waits for longer; none where zero
}

// note looks at the oldest leaf that a checkpoint is the first to have.
func (x *lateness) note(oldest Leaf, signed time.Time) {
	if oldest.At.IsZero() || signed.Sub(oldest.At) <= Promised {
		return
	}
	if x.n++; x.n == 1 {
		x.first, x.at = oldest, signed
	}
}

// String says so; nothing where all were in time.
func (x *lateness) String() string {
	var said []string
	if x.n > 0 {
		said = append(said, fmt.Sprintf("%d times signed later than promised, first leaf %d of %s, signed %s", x.n, x.first.Idx, day(x.first.At), day(x.at)))
	}
	if !x.waits.IsZero() {
		said = append(said, "leaves wait for longer than promised, the first since "+day(x.waits))
	}
	return strings.Join(said, "; ")
}

func (w *walk) run() (n int, err error) {
	w.last = -1
	if err := w.compareHeads(); err != nil {
		return 0, err
	}
	for full := true; full; {
		leaves, err := db.All[Leaf](w.r, `select record, kind, entry, at, idx from log_leaf where idx >= $1 and idx < $2 order by idx`, w.size, w.size+batch)
		if err != nil {
			return n, fmt.Errorf("tlog: leaves from %d: %w", w.size, err)
		}
		if err := w.take(leaves); err != nil {
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
		for ; w.size < leaf.Idx; w.unsure = true {
			w.report("leaf %d is missing", w.size)
			w.add(merkle.Hash{})
		}
		w.add(merkle.RecordHash(leaf.Entry))
		if w.oldest.At.IsZero() || leaf.At.Before(w.oldest.At) {
			w.oldest = leaf
		}
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
			w.report("hash %d of tile %d/%d is not that of its %s", i, level, n, []string{"leaf", "tile"}[min(level, 1)])
		}
	}
	return nil
}

// compareHeads compares the checkpoints of this size with the tree.
func (w *walk) compareHeads() error {
	for {
		if len(w.heads) == 0 && !w.done {
			heads, err := db.All[head](w.r, `select size, note, at from log_checkpoint where size > $1 order by size limit $2`, w.last, perPage)
			if err != nil {
				return fmt.Errorf("tlog: checkpoints: %w", err)
			}
			w.heads, w.done = heads, len(heads) == 0
		}
		if len(w.heads) == 0 || w.heads[0].Size > w.size {
			return nil
		}
		if err := w.compareHead(w.heads[0]); err != nil {
			return err
		}
		w.last, w.heads = w.heads[0].Size, w.heads[1:]
	}
}

// compareHead compares one checkpoint with the tree, and looks at who signed it.
func (w *walk) compareHead(h head) error {
	c, ok := w.open(h)
	if !ok {
		w.report("checkpoint %d was altered: its signature, size or time does not hold", h.Size)
		return nil
	}
	w.late.note(w.oldest, c.At)
	w.oldest = Leaf{}
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
	have, err := db.Value[int64](w.r, `select count(*) from log_tile`)
	if err == nil && have > w.tiles {
		w.report("%d tiles too many", have-w.tiles)
	}
	return err
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

// waiting looks at leaves that the sequencer passed over: it takes all that wait
// when it signs, so none is older than the last signature by more than Promised.
// How long the others wait is said and no fault: a server may stand still.
func (w *walk) waiting() error {
	signed, err := db.Value[int64](w.r, `select coalesce(max(at), 0) from log_checkpoint`)
	if err != nil {
		return err
	}
	leaves, err := db.All[Leaf](w.r, `select record, kind, entry, at, coalesce(idx, -1) as idx from log_leaf where idx is null order by at limit $1`, perPage)
	for i, leaf := range leaves {
		if time.UnixMilli(signed).Sub(leaf.At) > Promised {
			w.report("%s waits for the log since %s, and others do not", leaf.Record, day(leaf.At))
		} else if i == 0 && w.log.now().Sub(leaf.At) > Promised {
			w.late.waits = leaf.At
		}
	}
	return err
}
