package tlog

import merkle "golang.org/x/mod/sumdb/tlog"

// reckoned is a tree as it is reckoned from its leaves for the checks, by rules
// that are written down a second time here: the sequencer has its own (edge).
type reckoned struct {
	size   int64           // leaves so far
	peaks  []merkle.Hash   // roots of whole subtrees, largest first
	levels [][]merkle.Hash // the unfinished tile of each level
}

// add puts a leaf hash at the end of the tree.
func (x *reckoned) add(h merkle.Hash) {
	x.push(0, h)
	x.peaks = append(x.peaks, h)
	x.size++
	for n := x.size; n%2 == 0; n /= 2 {
		k := len(x.peaks)
		x.peaks = append(x.peaks[:k-2], merkle.NodeHash(x.peaks[k-2], x.peaks[k-1]))
	}
}

// push puts a hash at the end of a level.
func (x *reckoned) push(level int, h merkle.Hash) {
	if level == len(x.levels) {
		x.levels = append(x.levels, nil)
	}
	if len(x.levels[level]) == width {
		x.levels[level] = nil
	}
	x.levels[level] = append(x.levels[level], h)
	if len(x.levels[level]) == width {
		x.push(level+1, rootOf(x.levels[level]))
	}
}

// root is the head of the tree as it stands.
func (x *reckoned) root() (merkle.Hash, error) {
	if x.size == 0 {
		return merkle.TreeHash(0, nil)
	}
	h := x.peaks[len(x.peaks)-1]
	for i := len(x.peaks) - 2; i >= 0; i-- {
		h = merkle.NodeHash(x.peaks[i], h)
	}
	return h, nil
}
