package tlog

import (
	"fmt"
	"slices"
	"strings"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
)

const (
	height = 8           // levels of hashes that one tile spans
	width  = 1 << height // hashes in a whole tile
)

// tileRow is a tile as it is stored.
type tileRow struct {
	Level  int
	N      int64
	Hashes []byte
}

// hashesOf takes a tile apart.
func hashesOf(raw []byte) []merkle.Hash {
	out := make([]merkle.Hash, 0, width)
	for part := range slices.Chunk(raw, merkle.HashSize) {
		if len(part) == merkle.HashSize {
			out = append(out, merkle.Hash(part))
		}
	}
	return out
}

// rootOf returns the root of a whole tile.
func rootOf(hashes []merkle.Hash) merkle.Hash {
	for len(hashes) > 1 {
		half := make([]merkle.Hash, len(hashes)/2)
		for i := range half {
			half[i] = merkle.NodeHash(hashes[2*i], hashes[2*i+1])
		}
		hashes = half
	}
	return hashes[0]
}

// stored reads hashes of the tree from its tiles: all that are asked for with
// one statement.
func stored(r db.Reader) merkle.HashReader {
	return merkle.HashReaderFunc(func(indexes []int64) ([]merkle.Hash, error) {
		tiles, err := tilesFor(r, indexes)
		if err != nil {
			return nil, err
		}
		out := make([]merkle.Hash, len(indexes))
		for i, x := range indexes {
			t := merkle.TileForIndex(height, x)
			raw := tiles[[2]int64{int64(t.L), t.N}]
			if len(raw) < t.W*merkle.HashSize {
				return nil, fmt.Errorf("tlog: tile %d/%d is not there or too short", t.L, t.N)
			}
			if out[i], err = merkle.HashFromTile(t, raw[:t.W*merkle.HashSize], x); err != nil {
				return nil, fmt.Errorf("tlog: tile %d/%d: %w", t.L, t.N, err)
			}
		}
		return out, nil
	})
}

// tilesFor reads the tiles in which hashes lie, by level and number.
func tilesFor(r db.Reader, indexes []int64) (map[[2]int64][]byte, error) {
	out := map[[2]int64][]byte{}
	var w db.Where
	var wanted []string
	for _, x := range indexes {
		t := merkle.TileForIndex(height, x)
		at := [2]int64{int64(t.L), t.N}
		if _, asked := out[at]; !asked {
			out[at] = nil
			wanted = append(wanted, w.Bind("level = ? and n = ?", t.L, t.N))
		}
	}
	if len(wanted) == 0 {
		return out, nil
	}
	rows, err := db.All[tileRow](r, `select level, n, hashes from log_tile where `+strings.Join(wanted, " or "), w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("tlog.tilesFor: %w", err)
	}
	for _, row := range rows {
		out[[2]int64{int64(row.Level), row.N}] = row.Hashes
	}
	return out, nil
}

// edge is the right end of the tree while leaves are added: at each level the
// tile that is not whole.
type edge struct {
	r      db.Reader
	levels []*tileRow
	whole  []*tileRow // tiles that have become whole
}

// openEdge reads the unfinished tiles of a tree with size leaves.
func openEdge(r db.Reader, size int64) (*edge, error) {
	e := &edge{r: r}
	for level, n := 0, size; n > 0; level, n = level+1, n>>height {
		row := &tileRow{Level: level, N: n >> height}
		if have := int(n % width); have > 0 {
			var err error
			if *row, err = db.One[tileRow](r, `select level, n, hashes from log_tile where level = $1 and n = $2`, level, n>>height); err != nil {
				return nil, fmt.Errorf("tlog: tile %d/%d: %w", level, n>>height, err)
			}
			if len(row.Hashes) != have*merkle.HashSize {
				return nil, fmt.Errorf("tlog: tile %d/%d holds %d bytes, want %d hashes", level, n>>height, len(row.Hashes), have)
			}
		}
		e.levels = append(e.levels, row)
	}
	return e, nil
}

// add puts a hash at the end of a level, and the root of a tile that becomes
// whole at the end of the next.
func (e *edge) add(level int, h merkle.Hash) {
	if level == len(e.levels) {
		e.levels = append(e.levels, &tileRow{Level: level})
	}
	t := e.levels[level]
	t.Hashes = append(t.Hashes, h[:]...)
	if len(t.Hashes) == width*merkle.HashSize {
		e.whole = append(e.whole, t)
		e.levels[level] = &tileRow{Level: level, N: t.N + 1}
		e.add(level+1, rootOf(hashesOf(t.Hashes)))
	}
}

// store writes the tiles that have changed.
func (e *edge) store(tx *db.Tx) error {
	for _, t := range append(e.whole, e.levels...) {
		if len(t.Hashes) == 0 {
			continue
		}
		err := tx.Add(`insert into log_tile (level, n, hashes) values ($1, $2, $3)
			on conflict (level, n) do update set hashes = excluded.hashes`, t.Level, t.N, t.Hashes)
		if err != nil {
			return err
		}
	}
	return nil
}
