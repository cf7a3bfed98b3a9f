// Package tlogtest signs checkpoints as a witness does, for tests. It is written
// after the rules that witnesses follow (C2SP tlog-cosignature, signed-note), and
// not after the code that it tests.
package tlogtest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// cosignature is the kind of key that signs with the time.
const cosignature = 4

// Witness signs checkpoints with the time at which it saw them.
type Witness struct {
	Name string
	At   time.Time // by its clock

	key ed25519.PrivateKey
}

// NewWitness returns a witness whose key follows from a seed, and whose name is the
// seed until it is given another.
func NewWitness(seed string) Witness {
	sum := sha256.Sum256([]byte(seed))
	return Witness{Name: seed, key: ed25519.NewKeyFromSeed(sum[:])}
}

// public is the key as signed notes write it, its kind before it.
func (w Witness) public() []byte {
	return append([]byte{cosignature}, w.key[ed25519.SeedSize:]...) // the second half of a private key
}

func (w Witness) number() []byte {
	sum := sha256.Sum256(append([]byte(w.Name+"\n"), w.public()...))
	return sum[:4]
}

// Key is the public key, as an operator names it.
func (w Witness) Key() string {
	return fmt.Sprintf("%s+%x+%s", w.Name, w.number(), base64.StdEncoding.EncodeToString(w.public()))
}

// Below signs the text of a note and puts its line below the note's own.
func (w Witness) Below(note string) string {
	text, _, _ := strings.Cut(note, "\n\n")
	sig := binary.BigEndian.AppendUint64(w.number(), uint64(w.At.Unix())) //nolint:gosec // tests happen after 1970
	sig = append(sig, ed25519.Sign(w.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s\n", w.At.Unix(), text))...)
	return note + fmt.Sprintf("— %s %s\n", w.Name, base64.StdEncoding.EncodeToString(sig))
}
