package tlog

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Proof shows that a leaf is in the tree of a checkpoint: C2SP tlog-proof.
type Proof struct {
	Index      int64
	Path       merkle.RecordProof
	Checkpoint string // the note
}

// proofHead is the first line of a proof.
const proofHead = "c2sp.org/tlog-proof@v1"

// longestPath is more hashes than the path of any leaf has.
const longestPath = 63

// String writes a proof as it is served and kept.
func (p Proof) String() string {
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "%s\nindex %d\n", proofHead, p.Index) // a builder never fails
	for _, h := range p.Path {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + p.Checkpoint
}

// ParseProof reads a proof. Nothing of it is verified yet. Fault: Invalid.
func ParseProof(text string) (p Proof, err error) {
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != proofHead {
		return p, errNoProof()
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || len(lines) > 1+longestPath {
		return p, errNoProof()
	}
	index, named := strings.CutPrefix(lines[0], "index ")
	if p.Index, err = strconv.ParseInt(index, 10, 64); err != nil || !named || p.Index < 0 || strconv.FormatInt(p.Index, 10) != index {
		return p, errNoProof()
	}
	for _, line := range lines[1:] {
		h, err := merkle.ParseHash(line)
		if err != nil {
			return p, errNoProof()
		}
		p.Path = append(p.Path, h)
	}
	p.Checkpoint = checkpoint
	return p, nil
}

func errNoProof() error {
	return fault.New(fault.Invalid, i18n.T("这不是日志的证明，或已残缺", "this is not the proof of a log, or it is damaged"))
}

// Verify checks that the leaf with the given hash is in the tree that the log
// with the given key has signed, and returns its checkpoint. Fault: Invalid.
func (p Proof) Verify(leaf merkle.Hash, vkey string, witnesses ...note.Verifier) (Checkpoint, error) {
	c, err := OpenCheckpoint(p.Checkpoint, vkey, witnesses...)
	if err != nil {
		return c, err
	}
	if p.Index >= c.Size || merkle.CheckRecord(p.Path, c.Size, c.Hash, p.Index, leaf) != nil {
		return c, fault.New(fault.Invalid, i18n.T("证明不成立：日志第 %d 条不是这一条", "the proof does not hold: entry %d of the log is not this one"), p.Index)
	}
	return c, nil
}

// errBeyond is asked for what is not signed yet, or never was.
func errBeyond() error {
	return fault.New(fault.NotFound, i18n.T("日志里还没有这一条", "the log has no such leaf yet")).
		WithFix(i18n.T("新的记录大约一分钟后进入日志", "a new fact enters the log after about a minute"))
}

// LeafOf returns the leaf of a record; nil when it has none.
func LeafOf(r db.Reader, kind, record string) (*Leaf, error) {
	leaf, err := db.One[Leaf](r, selectLeaf+`where record = $1 and kind = $2`, record, kind)
	if errors.Is(err, db.ErrNone) {
		return nil, nil //nolint:nilnil // a record of before the log has none
	}
	if err != nil {
		return nil, fmt.Errorf("tlog.LeafOf(%s): %w", record, err)
	}
	return &leaf, nil
}

// Which checkpoint a leaf is proved by, besides one of a given size.
const (
	// Best is the latest that a witness has signed, or else the latest.
	Best int64 = 0
	// First is the first that has the leaf: it says since when.
	First int64 = -1
)

// Prove proves that the leaf at an index is in the tree of a checkpoint: Best,
// First or that of a size. Fault: NotFound.
func Prove(r db.Reader, index, size int64) (p Proof, err error) {
	c, err := checkpointFor(r, index, size)
	if errors.Is(err, db.ErrNone) {
		return p, errBeyond()
	}
	if err != nil {
		return p, fmt.Errorf("tlog.Prove(%d): %w", index, err)
	}
	p = Proof{Index: index}
	if p.Path, err = merkle.ProveRecord(c.Size, index, stored(r)); err != nil {
		return p, fmt.Errorf("tlog.Prove(%d): %w", index, err)
	}
	p.Checkpoint, err = c.cosigned(r)
	return p, err
}

// find returns the index of the leaf with a hash. Fault: NotFound.
func find(r db.Reader, h merkle.Hash) (int64, error) {
	places, err := db.Values[int64](r, `select idx from log_place where prefix = $1`, prefixOf(h))
	if err != nil {
		return 0, fmt.Errorf("tlog.find: %w", err)
	}
	for _, idx := range places {
		got, err := stored(r).ReadHashes([]int64{merkle.StoredHashIndex(0, idx)})
		if err == nil && got[0] == h {
			return idx, nil
		}
	}
	return 0, errBeyond()
}

// parseLeaf reads a leaf hash, as hexadecimal or as base64url: the base64 of
// notes has slashes, which part an address.
func parseLeaf(s string) (merkle.Hash, bool) {
	decode := base64.RawURLEncoding.DecodeString
	if len(s) == hex.EncodedLen(merkle.HashSize) {
		decode = hex.DecodeString
	}
	raw, err := decode(strings.TrimRight(s, "="))
	if err != nil || len(raw) != merkle.HashSize {
		return merkle.Hash{}, false
	}
	return merkle.Hash(raw), true
}
