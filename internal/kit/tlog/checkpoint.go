package tlog

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Checkpoint is a signed head of the log.
type Checkpoint struct {
	Origin string
	Size   int64
	Hash   merkle.Hash
	Note   string    // as it is served, with its signatures
	At     time.Time // when the log signed it
	// Seen is when each witness saw it; only those whose keys were given and who
	// say the time.
	Seen map[Witness]time.Time
}

// Witness is a key of a witness: two of one name do not count for each other.
type Witness struct {
	Name   string
	Number uint32
}

// WitnessOf names the key that v checks.
func WitnessOf(v note.Verifier) Witness { return Witness{v.Name(), v.KeyHash()} }

// text is what is signed: C2SP tlog-checkpoint.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Hash)
}

// sign makes the note of a head.
func (s *signer) sign(size int64, hash merkle.Hash, at time.Time) (Checkpoint, error) {
	c := Checkpoint{Origin: s.name, Size: size, Hash: hash, At: at}
	signed, err := note.Sign(&note.Note{Text: c.text()}, s, timed{s, at})
	if err != nil {
		return c, fmt.Errorf("tlog.sign(%d): %w", size, err)
	}
	c.Note = string(signed)
	return c, nil
}

// link signs that a checkpoint came next after that of another size.
func (s *signer) link(before int64, c Checkpoint) string {
	return base64.StdEncoding.EncodeToString(ed25519.Sign(s.key, linkText(before, c)))
}

// linked reports whether a link is that of a checkpoint.
func (s *signer) linked(link string, before int64, c Checkpoint) bool {
	sig, err := base64.StdEncoding.DecodeString(link)
	return err == nil && ed25519.Verify(s.public(), linkText(before, c), sig)
}

func linkText(before int64, c Checkpoint) []byte {
	return fmt.Appendf(nil, "qingfeng log link\n%d\n%s", before, c.text())
}

// OpenCheckpoint reads a checkpoint that the log with the given key has signed,
// with the witnesses among those given that have signed it too. Fault: Invalid.
func OpenCheckpoint(text, vkey string, witnesses ...note.Verifier) (c Checkpoint, err error) {
	own, err := ParseKey(vkey)
	if err != nil {
		return c, err
	}
	known := slices.Concat([]note.Verifier{own}, witnesses)
	if twin := companion(vkey); twin != nil {
		known = append(known, twin)
	}
	n, err := note.Open([]byte(text), note.VerifierList(known...))
	if err != nil || !slices.ContainsFunc(n.Sigs, func(s note.Signature) bool { return s.Hash == own.KeyHash() && s.Name == own.Name() }) {
		return c, fault.New(fault.Invalid, i18n.T("检查点没有这把公钥的有效签名", "the checkpoint carries no valid signature of this key"))
	}
	if c, err = parseCheckpoint(n.Text); err != nil {
		return c, err
	}
	if c.Origin != own.Name() {
		return c, fault.New(fault.Invalid, i18n.T("检查点属于另一个日志：%s", "the checkpoint belongs to another log: %s"), c.Origin)
	}
	c.Note, c.Seen = text, map[Witness]time.Time{}
	for _, s := range n.Sigs {
		for _, v := range known {
			if t, ok := v.(timedVerifier); ok && t.KeyHash() == s.Hash && t.name == s.Name {
				c.Seen[WitnessOf(v)] = timeOf(s)
			}
		}
	}
	if twin := companion(vkey); twin != nil {
		c.At = c.Seen[WitnessOf(twin)]
		delete(c.Seen, WitnessOf(twin))
	}
	return c, nil
}

// parseCheckpoint reads the text of a checkpoint, without its signatures.
func parseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return c, errNoCheckpoint()
	}
	c.Origin = lines[0]
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, errNoCheckpoint()
	}
	if c.Hash, err = merkle.ParseHash(lines[2]); err != nil {
		return c, errNoCheckpoint()
	}
	return c, nil
}

func errNoCheckpoint() error {
	return fault.New(fault.Invalid, i18n.T("这不是日志的检查点", "this is not the checkpoint of a log"))
}

// Extends checks that the log extends a checkpoint that was kept elsewhere.
// Faults: Invalid when it is no checkpoint of this log, Conflict when it does
// not.
func (l *Log) Extends(ctx context.Context, kept string) (err error) {
	defer fault.Wrap(&err, "tlog.Extends")
	c, err := OpenCheckpoint(kept, l.Key())
	if err != nil {
		return err
	}
	return l.db.Read(ctx, func(r db.Reader) error {
		size, err := db.Value[int64](r, `select size from log_head where one = 1`)
		if err != nil {
			return err
		}
		if size < c.Size {
			return fault.New(fault.Conflict, i18n.T("日志现有 %d 条，少于检查点上的 %d 条：有记录被截去", "the log has %d leaves, fewer than the %d of the checkpoint: its end was cut off"), size, c.Size)
		}
		root, err := merkle.TreeHash(c.Size, stored(r))
		if err == nil && root != c.Hash {
			err = fault.New(fault.Conflict, i18n.T("日志与这个检查点不符：历史被改写过", "the log contradicts the checkpoint: it holds another history"))
		}
		return err
	})
}
