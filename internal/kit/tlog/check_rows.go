package tlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
)

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

// compareLastTiles compares the tiles that are not whole.
func (w *walk) compareLastTiles() error {
	for level, n := 0, w.size; n > 0; level, n = level+1, n/width {
		if n%width == 0 {
			continue
		}
		if err := w.compareTile(level, n/width, w.levels[level]); err != nil {
			return err
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
