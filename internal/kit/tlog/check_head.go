package tlog

import (
	"fmt"

	"qingfeng/internal/kit/db"
)

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
