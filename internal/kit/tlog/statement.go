package tlog

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"
)

// Fact is a record that a leaf is about, in plain words: sealing them, or
// wrapping their key again, changes no fact.
type Fact struct {
	Record string // identifier of the row
	// At is when it happened, as the record says. Its leaf is appended within
	// minutes (AtOnce), unless the log says otherwise (AppendPast) or Late does.
	At time.Time
	// Late is whether the record says of itself that it was written down later
	// than it happened, such as a letter that staff typed in: its leaf may then be
	// younger, by no more than MostLate, and never older.
	Late  bool
	Shown Statement
	// Rest is committed to as well, but as one digest: who is given the salt,
	// what is shown and the digest can check the leaf without reading the rest.
	Rest Statement
	// Key names the key that seals the words of the record (kit/crypt), and with
	// them the salt. Empty where they lie open.
	Key string
	// Gone is when the words were destroyed, as other leaves say; zero where none
	// does.
	Gone time.Time
	// Broken is why the words do not open, if they do not.
	Broken error
}

// Statement is named texts in an order that the kind of record fixes.
type Statement []Field

// Field is one named text of a statement. The name holds no space.
type Field struct{ Name, Value string }

// bytes writes a statement so that no two statements are written alike: the
// length stands before each text.
func (s Statement) bytes() []byte {
	var b bytes.Buffer
	for _, f := range s {
		_, _ = fmt.Fprintf(&b, "%s %d:%s\n", f.Name, len(f.Value), f.Value) // a buffer never fails
	}
	return b.Bytes()
}

// Digest commits to the rest of a fact, and to when its leaf was appended.
func (f Fact) Digest(salt []byte, at time.Time) []byte {
	return mac(salt, "rest", fmt.Appendf(f.Rest.bytes(), "appended %d\n", at.UnixMilli()))
}

// entry is the public commitment to a fact.
func (f Fact) entry(kind string, salt []byte, at time.Time) []byte {
	return Commit(kind, salt, f.Shown, f.Digest(salt, at))
}

// Commit returns the entry of a leaf: HMAC-SHA-256 of kind, statement and the
// digest of the rest, under the salt.
func Commit(kind string, salt []byte, shown Statement, rest []byte) []byte {
	return mac(salt, kind, append(shown.bytes(), rest...))
}

func mac(salt []byte, purpose string, content []byte) []byte {
	h := hmac.New(sha256.New, salt)
	_, _ = fmt.Fprintf(h, "%s\n", purpose) // a hash never fails
	_, _ = h.Write(content)
	return h.Sum(nil)
}

// HashOf returns the leaf hash of an entry.
func HashOf(entry []byte) merkle.Hash { return merkle.RecordHash(entry) }
